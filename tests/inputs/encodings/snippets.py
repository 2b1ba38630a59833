"""How often short snippets in no declared encoding are read as what they are.

usage: snippets.py --dump SOURCE_DUMP --work DIR [--count N] [--seed N]
Snippets of 2-40 characters begin anywhere in sentences of many kinds. The bounds hold for any seed; a Big5 file never
comes out as UTF-16, whatever its length.
"""
import argparse
import concurrent.futures
import pathlib
import random
import subprocess
import sys

HANS = '''县人民政府办公室关于印发防汛抗旱应急预案的通知
各村民委员会要落实值班制度，发现险情立即上报。
一、加强组织领导，明确工作责任
（一）成立工作专班，由镇长任组长。
第三章　监督检查与法律责任
第二十一条　违反本办法规定的，由主管部门责令改正。
小李把自行车停在梧桐树下，抬头看了看灰蒙蒙的天空。
她忽然觉得，这些年走过的路都不算白走。
甲方应当在收到发票后十五个工作日内付清余款。
乙方逾期交货的，每日按合同总价的千分之三支付违约金。
实验结果表明，掺杂浓度越高，薄膜的电阻率越低。
如图所示，曲线在低频段出现明显的拐点。
老师们、同学们，大家上午好！
今天我们在这里隆重集会，庆祝建校八十周年。
配料：面粉五百克，鸡蛋三个，白糖适量。
先把锅烧热，倒入少许菜油，放葱姜爆香。
病人主诉头晕乏力三天，伴有恶心呕吐。
血压一百四十，心率齐，未闻及杂音。
宝玉听了，呆了半晌，方才回过神来。
却说那和尚挑着担子，径往西山去了。
会议记录：张三、李四请假，王五列席。
请于周五下班前将报表发送至财务处邮箱。
附件：1．报名表　2．日程安排
联系人：赵磊，电话请见通讯录
①填写申请表；②提交证明材料；③等待审核
软件安装说明：双击图标，按提示操作即可。
若出现错误，请检查网络连接是否正常。
春江潮水连海平，海上明月共潮生
窗前明月光，疑是地上霜
股东大会审议并通过了利润分配方案。
村口那棵老槐树，据说已有三百多岁。
龙舟竞渡，锣鼓喧天，两岸观者如堵。
碧螺春产于太湖洞庭山，以嫩芽制成。
考试时间为九十分钟，满分一百分。
下列说法正确的是
物业费按季度收取，逾期加收滞纳金
钢筋的搭接长度不得小于规范要求。
混凝土浇筑前应洒水湿润模板。
关于召开年度总结表彰大会的请示
此复。
目　录
前言
后记
致谢
市场监管所对辖区内的餐饮单位进行了突击抽查。
关于调整城区公交线路运行时间的公告
第五条　业主委员会每届任期三年，可连选连任。
(三)严禁携带易燃易爆物品进入候车室
一、认真排查隐患；二、及时上报情况。
老渔夫把网撒向湖心，静静等待黎明。
窗外的蝉鸣渐渐稀疏，秋意悄悄爬上屋檐。
承租人擅自转租的，出租人有权解除合同。
本产品保修期自购买之日起计算，为期两年。
显微镜下可见大量圆形细胞聚集。
梯度下降法容易陷入局部极小值。
起锅前撒上胡椒粉和香菜即可上桌。
患儿持续高烧，伴有皮疹，拟收住儿科。
行者掣出金箍棒，喝道：妖怪哪里走！
各支部请于月底前完成党费收缴工作。
登录系统后点击右上角头像修改密码
独在异乡为异客，每逢佳节倍思亲
董事长因公出差，委托副总经理主持会议。
麦田里的稻草人戴着一顶破草帽。
敦煌莫高窟始建于十六国时期
阅读短文，完成下列各题。
电梯困人时切勿强行扒门
脚手架应由持证架子工搭设并挂牌验收。
附：培训课程表
抄送：县委宣传部
绪论
摘要
索引
勘误表
鸣谢'''.split('\n')
HANT = '''縣政府為辦理文化資產保存，特訂定本要點。
各鄉鎮公所應於每年三月底前提報計畫。
壹、計畫緣起
一、依據：教育部來函辦理。
（一）辦理時間：每週三下午
第一章　總則
第八條　委員會置主任委員一人，由縣長兼任。
主旨：檢送會議紀錄一份，請查照。
說明：復貴局一百零三年五月二日函。
他把雨傘收起，慢慢走進騎樓。
阿嬤說，這條巷子從前是一條小河。
甲方應於簽約後七日內支付訂金。
本公司保留修改、變更或暫停本活動之權利。
實驗結果顯示，樣品的導電率隨溫度升高而下降。
同學們好，今天我們要談的是臺灣的地質。
材料：麵粉三百公克，雞蛋兩顆，砂糖少許。
病患主訴頭暈，經檢查後建議住院觀察。
寶玉聽了，半晌無言，只是流淚。
香港特別行政區政府公布最新統計數字
立法會議員就撥款申請提出質詢
申請人須年滿十八歲，並持有效證件。
請於週五前將報表送交會計室彙整。
附件：報名表乙份
聯絡人：陳小姐，分機二三五
軟體安裝說明：請按兩下圖示。
月落烏啼霜滿天，江楓漁火對愁眠
股東會決議通過盈餘分配案。
村口的老榕樹，聽說已經三百多歲了。
龍舟競渡，鑼鼓喧天
考試時間共九十分鐘
下列敘述何者正確？
鋼筋搭接長度不得小於規範規定。
颱風來襲前，應加強門窗之固定。
中華民國一百一十年七月
目　次
前言
結論與建議
參考文獻
謝誌
衛生局針對轄內餐飲業者進行稽查。
關於調整公車路線行駛時間之公告
第五條　管理委員會委員任期二年，連選得連任。
（三）嚴禁攜帶易燃物品進入車站
一、確實巡查；二、即時通報。
老漁夫把網撒向湖心，靜靜等待黎明。
窗外的蟬鳴漸漸稀疏，秋意悄悄爬上屋簷。
承租人擅自轉租者，出租人得終止契約。
保固期間自購買日起算二年
顯微鏡下可見大量圓形細胞聚集。
起鍋前撒上胡椒粉與香菜即可上桌。
病童持續高燒，伴有皮疹。
行者掣出金箍棒，喝道：妖怪哪裡走！
請登入系統後修改密碼
獨在異鄉為異客，每逢佳節倍思親
麥田裡的稻草人戴著一頂破草帽。
敦煌莫高窟始建於十六國時期
閱讀下列短文並回答問題
電梯受困時切勿強行扳開車門
鷹架應由合格人員搭設並掛牌
附表一
副本：本府秘書處
緒論
摘要
索引
勘誤表'''.split('\n')
JAPANESE = '''文化財の保護に関する規程
第一条　この規程は、職員の服務について必要な事項を定める。
２　前項の規定にかかわらず、所長は別に定めることができる。
一　申請書の写し
（目的）
彼女は傘をたたみ、ゆっくりと階段を上った。
お知らせ：明日の授業は休講とします。
会議は午後二時から第三会議室で行う。
材料：小麦粉三百グラム、卵二個、砂糖少々
実験の結果、温度が高いほど抵抗が小さくなった。
吾輩は猫である。名前はまだ無い。
国境の長いトンネルを抜けると雪国であった。
イ　住所及び氏名
附則　この規程は、公布の日から施行する。
別表第一（第三条関係）
お問い合わせは総務課まで
ソフトウェアのインストール手順
目次
はじめに
参考文献
東京都千代田区
平成二十五年四月一日
保健所は飲食店に対して立入検査を実施した。
路線バスの運行時刻変更のお知らせ
第五条　理事の任期は二年とし、再任を妨げない。
三　可燃物を駅構内に持ち込まないこと
老いた漁師は網を湖に投げ、夜明けを待った。
賃借人が無断で転貸したときは、契約を解除できる。
顕微鏡で見ると丸い細胞が多数確認された。
火を止める前にこしょうを振る
パスワードを変更してください
次の文章を読み、問いに答えよ。
ロ　勤務先の名称
様式第二号
序論
要約'''.split('\n')
KOREAN = '''문화재 보호에 관한 조례
제1조(목적) 이 조례는 필요한 사항을 규정한다.
제2장 총칙
그녀는 우산을 접고 천천히 계단을 올라갔다.
회의는 오후 두 시부터 시작합니다.
재료: 밀가루 삼백 그램, 달걀 두 개
실험 결과 온도가 높을수록 저항이 작아졌다.
가. 신청서 사본
나. 주민등록등본
문의: 총무과 담당자에게 연락하십시오
부칙 이 조례는 공포한 날부터 시행한다.
참고문헌
차례
대한민국 헌법 전문
서울특별시 중구 세종대로
보건소는 음식점을 대상으로 점검을 실시하였다.
버스 노선 운행 시간 변경 안내
제5조(임기) 위원의 임기는 2년으로 한다.
다. 인화성 물질 반입 금지
늙은 어부는 그물을 던지고 새벽을 기다렸다.
임차인이 무단 전대한 때에는 계약을 해지할 수 있다.
현미경으로 둥근 세포가 관찰되었다.
비밀번호를 변경하여 주십시오
다음 글을 읽고 물음에 답하시오.
별표 1
서론
요약'''.split('\n')

# codec, sentences, greatest share of wrong ones: of 2-7 characters, and of 8 or more
CODECS = [('gbk', HANS, 0.06, 0.01), ('big5', HANT, 0.08, 0.01), ('shift_jis', JAPANESE, 0.05, 0.01),
          ('euc_jp', JAPANESE, 0.25, 0.02), ('euc_kr', KOREAN, 0.25, 0.02), ('utf-8', HANS, 0, 0), ('utf-16-le', HANS, 0.25, 0.02),
          ('utf-16-be', HANT, 0.25, 0.02), ('gb18030', HANT, 0.08, 0.01)]


def snippet(pick, lines):
    want, text = pick.choice([pick.randint(2, 7), pick.randint(8, 40)]), ''
    while len(text) < want:
        line = pick.choice(lines)
        text += ('\n' if text and pick.random() < 0.7 else '') + line[pick.randrange(len(line) - 1) if pick.random() < 0.5 else 0:]
    return text[:want]


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--dump', required=True)
    a.add_argument('--work', required=True, type=pathlib.Path)
    a.add_argument('--count', type=int, default=120)
    a.add_argument('--seed', type=int, default=1)
    a = a.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    pick, wrong = random.Random(a.seed), 0

    def read(job):
        number, codec, text = job
        path = a.work / ('%d.txt' % number)
        path.write_bytes(text.encode(codec))
        run = subprocess.run([a.dump, path], capture_output=True)
        path.unlink()
        head, _, body = run.stdout.partition(b'\n')
        return len(text) >= 8, body != text.encode(), head.split(b' ')[1:2], text

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for codec, lines, *bounds in CODECS:
            texts = [t for t in (snippet(pick, lines) for _ in range(a.count)) if max(t) >= '\u0080']
            results = list(pool.map(read, [(i, codec, t) for i, t in enumerate(texts)]))
            for long, bound in enumerate(bounds):
                some = [r for r in results if r[0] == bool(long)]
                bad = [r for r in some if r[1]]
                print('%-10s %-6s %3d of %3d wrong' % (codec, ('short', 'longer')[long], len(bad), len(some)))
                if len(bad) > bound * len(some):
                    wrong += 1
                    print('   ', *['%s as %s' % (r[3], r[2]) for r in bad])
            if codec == 'big5' and any(b'UTF-16' in name for r in results for name in r[2]):
                wrong += 1
                print('    Big5 came out as UTF-16')
    sys.exit(1 if wrong else 0)


main()
