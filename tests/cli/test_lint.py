"""gangmu lint, and --explain."""
import json
import sys
import unittest

from command import FAULTY, Scratch, environment, gangmu


class Lint(Scratch):
    def said(self, text, *args, **env):
        """Status and messages, without the name of the file."""
        status, out, err = gangmu("lint", *args, self.write("a.txt", text), env=environment(**env))
        self.assertEqual(out, b"")
        return status, err.decode().replace("a.txt:", "").splitlines()

    def test_faults(self):
        status, out, err = gangmu("lint", self.write("a.txt", FAULTY))
        self.assertEqual((status, out), (1, b""))
        self.one_line(err, "a.txt:3:1: ", "warning", "[")

    def test_none(self):
        self.assertEqual(gangmu("lint", self.write("a.txt")), (0, b"", b""))

    def test_places(self):
        """Columns count code points; lines end at LF, CRLF and CR; the places are those of the label."""
        for end in ("\n", "\r\n", "\r"):
            text = end.join(["𠮷町事务", "", "　　一、东", "　　（一）早", "　　（二)夜", "　　二、西", "　　四、北", ""])
            self.assertEqual(self.said(text), (1, [
                "5:3: warning: the brackets of “（二)” do not match [mixed-brackets]",
                "7:3: warning: “三、” missing before “四、” [gap]"]))
        self.assertEqual(self.said("𠮷町有三件事：一是，修路；二是，种树。\n"),
                         (1, ["1:4: warning: “三件事” is announced, but 2 follow [count]"]))

    def test_languages(self):
        self.assertEqual(self.said(FAULTY), (1, ["3:1: warning: “三、” missing before “四、” [gap]"]))
        for env in ({"LC_ALL": "zh_CN.UTF-8"}, {"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}):
            self.assertEqual(self.said(FAULTY, **env), (1, ["3:1: 警告：“四、”之前缺少“三、” [gap]"]))

    def test_profiles(self):
        text = "一、东\n1、早\n2、晚\n二、西\n"
        self.assertEqual(self.said(text), (0, []))
        self.assertNotIn("[arabic-mark]", " ".join(self.said(text, "--profile", "taiwan")[1]))
        status, said = self.said(text, "--profile", "gongwen")
        self.assertEqual((status, [line.split(":")[0] + line.split(" ")[-1] for line in said]),
                         (1, ["2[arabic-mark]", "3[arabic-mark]"]))
        status, _, err = gangmu("lint", "--profile", "nonsense", "a.txt")
        self.assertEqual(status, 2)
        self.one_line(err, "nonsense", "--profile", "[usage]")

    def test_information_is_no_fault(self):
        self.assertEqual(self.said("第二章　东\n第三章　西\n"),
                         (0, ["1:1: info: the text begins with “第二章”: it may be part of a longer one [excerpt]"]))

    def test_a_missing_file_weighs_more(self):
        self.write("a.txt", FAULTY)
        self.assertEqual(gangmu("lint", "a.txt", "missing")[0], 3)

    def test_several_files(self):
        self.write("a.txt", FAULTY)
        self.write("b.txt", FAULTY)
        for args in ([], ["-j", "2"]):
            status, _, err = gangmu("lint", *args, "a.txt", "b.txt")
            self.assertEqual((status, [line[:10] for line in err.decode().splitlines()]), (1, ["a.txt:3:1:", "b.txt:3:1:"]))

    def test_format(self):
        status, out, _ = gangmu("lint", "-t", "json", self.write("a.txt", FAULTY))
        self.assertEqual(status, 1)
        self.assertEqual(json.loads(out)["diagnostics"], [
            {"id": "gap", "severity": "warning", "line": 3, "column": 1, "message": "“三、” missing before “四、”"}])

    def test_outlines_keep_their_places(self):
        """An outline read from a file of the model says where the text had its label."""
        self.write("a.txt", "\n\n" + FAULTY)
        for format in ("json", "xml", "yaml"):
            self.assertEqual(gangmu("-t", format, "-o", "a." + format, "a.txt")[0], 0)
            status, _, err = gangmu("lint", "a." + format)
            self.assertEqual(status, 1, format)
            self.one_line(err, f"a.{format}:5:1: warning: “三、” missing before “四、” [gap]")

    def test_sarif(self):
        for args, message in ([], "“三、” missing before “四、”"), (["--style", "zh"], "“四、”之前缺少“三、”"):
            status, out, _ = gangmu("lint", "-t", "sarif", *args, self.write("a.txt", FAULTY))
            run = json.loads(out)["runs"][0]
            (result,) = run["results"]
            self.assertEqual((status, result["level"], result["message"]["text"]), (1, "warning", message))
            self.assertEqual(result["locations"][0]["physicalLocation"],
                             {"artifactLocation": {"uri": "a.txt"}, "region": {"startLine": 3, "startColumn": 1}})
            rules = run["tool"]["driver"]["rules"]
            self.assertEqual(rules[result["ruleIndex"]]["id"], "gap")
            listed = gangmu("--list-diagnostics")[1].decode().splitlines()
            self.assertEqual([r["id"] for r in rules], [line.split()[0] for line in listed])


class Explained(Scratch):
    """What --explain says of each marker: series, evidence, rule."""
    TEXT = "一、开头\n二、见第一条。一是甲；二是乙。\n第一条的规定\n附则\n"

    def lines(self, text=TEXT, *args, **env):
        self.write("a.txt", text)
        return gangmu("--explain", "-t", "toc", *args, "a.txt", env=environment(**env))[2].decode().splitlines()

    def test_node(self):
        lines = self.lines()
        self.assertEqual(lines[0], "a.txt:1:1: info: node “一、” (han-dun 1); series: number 1, member 1 of 2, from “一、” to “二、”, "
                         "level 1; evidence: opens its paragraph, text follows, none before it, after it “二、” (line 2); "
                         "rule: It is a first ordinal in a place where a series may open. [opens-series]")
        self.assertEqual(lines[3], "a.txt:2:12: info: node “二是” (shi 2); series: number 2, member 2 of 2, from “一是” to “二是”, "
                         "level 2, under “二、”; evidence: behind the end of a sentence, text follows, before it “一是” (line 2), "
                         "none after it; rule: It is the next ordinal of a series that is open here. [continues-series]")

    def test_no_node(self):
        self.assertEqual(self.lines()[4], "a.txt:3:1: info: no node “第一条” (article 1); series: none; evidence: opens its paragraph, "
                         "text follows, none before it, none after it; "
                         "rule: It is prose that refers to a number or begins with one. [reference]")
        self.assertEqual(self.lines("一、甲\n二、乙\n正文。三是丙。\n")[2], "a.txt:3:4: info: no node “三是” (shi 3); series: none; "
                         "evidence: behind the end of a sentence, text follows, none before it, none after it; "
                         "rule: It fits no open series and cannot open one here. [no-series]")

    def test_heading(self):
        self.assertIn("a.txt:4:1: info: node “附则” (- 0); series: none, level 1; evidence: opens its paragraph, nothing follows, ",
                      self.lines()[5])

    def test_neighbours_of_no_node(self):
        """A number that no series takes: the nearest of its kind are the evidence."""
        lines = self.lines("一、甲\n二、乙\n八、丙\n三、丁\n四、戊\n")
        self.assertIn("no node “八、” (han-dun 8); series: none; ", lines[2])
        self.assertIn(", before it “二、” (line 2), after it “三、” (line 4); ", lines[2])
        self.assertIn("member 3 of 4, from “一、” to “四、”, ", lines[3])
        self.assertIn(", before it “二、” (line 2), after it “四、” (line 5); ", lines[3])

    def test_implied(self):
        lines = self.lines("一、甲\n会议要求：要强化大局意识；要强化责任意识。\n", "--implied")
        self.assertIn("node “要” (- 1); series: number 2, member 1 of 2, from “要” to “要”, level 2, under “一、”; ", lines[1])

    def test_chinese(self):
        lines = self.lines(LC_ALL="zh_CN.UTF-8")
        self.assertEqual(lines[3], "a.txt:2:12: 提示：节点“二是”（shi 2）；系列：第 2 组，第 2 项（共 2 项），自“一是”至“二是”，第 2 级，在“二、”之下；"
                         "依据：前为句末，后为文字，前有“一是”（第 2 行），后无同类；规则：是此处未完的系列的下一序数。 [continues-series]")
        for line in lines:
            self.assertNotRegex(line.split("；", 1)[1].rsplit(" [", 1)[0], r"[A-Za-z]{2}")


if __name__ == "__main__":
    sys.exit(unittest.main())
