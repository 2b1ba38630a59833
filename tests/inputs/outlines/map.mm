<map version="freeplane 1.12.1"><attribute_registry/><node TEXT="中心"><richcontent TYPE="NOTE"><html><head/><body><p>总说明</p></body></html></richcontent>
<node TEXT="一、甲" ID="x"><richcontent TYPE="NOTE"><html><head/><body>
<p>第一段 &amp; 文</p><p>
  第二段
</p></body></html></richcontent><node><richcontent TYPE="NODE"><html><body><p>（一）<b>富</b></p><p>文本</p></body></html></richcontent></node></node><node TEXT="&lt;html&gt;&lt;b&gt;二、乙&lt;/b&gt;"/></node></map>
