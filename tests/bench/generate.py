#!/usr/bin/env python3
"""Write benchmark documents: generate.py OUT_DIR [SIZE ...]   SIZE in bytes, with K or M; default 1M 18M

speech-SIZE.txt   long paragraphs under 一、 and （一）, inline series 一是…。二是…。 (about 560 headings and items per MB)
novel-SIZE.txt    第N章 and long runs of text without headings (about 150 per MB)
statute-SIZE.txt  章 节 条 （一） 1. on short lines, two in three of them a heading (about 5,000 per MB)
*.md              the same with the headings of paragraphs marked up for the Markdown programs

The same arguments give the same bytes. Sentences are put together from words at random, so that a branch predictor
cannot learn them. Nothing is quoted from anywhere.
"""
import os
import random
import sys

DIGITS = "零一二三四五六七八九"

WHO = """各单位 各县区 有关部门 领导小组 基层组织 项目法人 乡镇街道 技术人员 承办机构 值班人员 图书馆 水务站 养护队 志愿者
社区居民 窗口人员 工作专班 评审专家 合作社 学校 卫生院 试点村 监测站 档案室 联络员""".split()
HOW = """认真 及时 主动 分批 按季度 逐项 依规 稳妥 全面 重点 如实 会同有关方面 结合本地实际 按照分工 在年底前 从严 提前
持续 定期 统一 有步骤地 因地制宜地 充分""".split()
DO = """修订 核对 完善 公布 整理 检查 落实 推进 建立 更新 汇总 评估 改进 调整 验收 登记 培训 补充 优化 巡查 归档 养护
协调 规范 落细""".split()
WHAT = """工作台账 巡查制度 服务流程 应急预案 年度计划 灌溉渠道 阅览设施 值班安排 数据目录 培训教材 建设标准 资金使用情况
群众反映的问题 安全隐患清单 绿化养护方案 办事指南 评价办法 采购合同 仓储条件 种植面积 道路标线 排水管网 病虫害监测点
老旧设备 志愿服务记录 项目进度表 借阅规则 交接手续""".split()
WHY = """确保当年任务当年完成 让来办事的人少跑一趟 为明年汛期留出余量 防止类似问题再次出现 做到有据可查 使经费用在实处
方便上下游共同使用 保证冬季供暖不受影响 给后来的人留下完整的记录 减少重复劳动 形成可以推广的做法 不把矛盾留给下一个环节""".split()
SCENE = """雨下了一整夜，河面涨到了第三级石阶 老周把灯芯拨亮，又翻开那本旧账 巷子口的铁匠铺还没有开门 她把信折好，压在砚台底下
两个人沿着田埂走了很久，谁也没有先说话 渡船靠岸的时候，钟楼正敲七下 茶已经凉了，棋却只下到一半 风从北坡上刮下来，带着松针的气味
孩子们在晒谷场上追一只断线的风筝 他想起十年前离家的那个早晨 门外有人轻轻咳嗽了一声 掌柜的拨了三遍算盘，数目仍旧对不上
山路转过一道弯，村子便看得见了 “你先回去，”她说，“这里有我” 灶膛里的火噼啪响着，映得满墙通红 那把钥匙他一直带在身边
夜里落了霜，屋瓦上白茫茫一片 老船工眯起眼睛，望了望天边的云 “明天再说吧。”父亲放下了筷子 石桥下的水声比往年小得多""".split()
CHAPTER = "夜雨 渡口 旧账 归人 石桥 霜降 来信 空城 棋局 北坡 灯火 远行 山门 大雪 钥匙 春汛 晒谷场 故园 铁匠 重逢".split()
DUTY = "应当 可以 不得 有权 负责 按照规定".split()


def han(n):
    """1 to 9999 as Chinese numerals: 三百零五"""
    if n < 10:
        return DIGITS[n]
    if n < 20:
        return "十" + (DIGITS[n - 10] if n > 10 else "")
    for unit, char in ((1000, "千"), (100, "百"), (10, "十")):
        if n >= unit:
            rest = n % unit
            if not rest:
                return DIGITS[n // unit] + char
            tail = han(rest)
            if unit > 10 and rest < 20 and rest >= 10:
                tail = "一" + tail
            return DIGITS[n // unit] + char + ("零" if rest < unit // 10 else "") + tail


def task(rnd):
    return rnd.choice(DO) + rnd.choice(WHAT)


def sentence(rnd):
    parts = [rnd.choice(WHO) + rnd.choice(HOW) + task(rnd)]
    for _ in range(rnd.choice((0, 1, 1, 2))):
        parts.append(rnd.choice(HOW) + task(rnd))
    if rnd.random() < 0.6:
        parts.append(rnd.choice(WHY))
    return "，".join(parts)


def inline_series(rnd):
    shape = rnd.choice(("{}是", "{}要", "第{}，"))
    items = [shape.format(DIGITS[i]) + task(rnd) + "。" + sentence(rnd) for i in range(1, rnd.randint(3, 6))]
    return "要抓好以下几件事：" + "。".join(items)


def speech(size, rnd):
    """(level, line); a new speech about every 18 KB"""
    done = 0

    def put(level, line):
        nonlocal done
        done += len(line.encode()) + 1
        return level, line

    while done < size:
        start = done
        yield put(0, f"在{rnd.randint(2001, 2024)}年{task(rnd)}会议上的讲话")
        yield put(0, "同志们：")
        yield put(0, "　　" + "。".join(sentence(rnd) for _ in range(4)) + "。")
        for part in range(1, 20):
            if done - start > 17500 or done >= size:
                break
            yield put(1, f"{han(part)}、{rnd.choice(HOW)}{task(rnd)}，{task(rnd)}")
            yield put(0, "　　" + "。".join(sentence(rnd) for _ in range(rnd.randint(4, 9))) + "。")
            for point in range(1, rnd.randint(3, 5)):
                body = [sentence(rnd) for _ in range(rnd.randint(4, 10))]
                if rnd.random() < 0.22:
                    body.append(inline_series(rnd))
                yield put(2, f"（{han(point)}）{rnd.choice(HOW)}{task(rnd)}。" + "。".join(body) + "。")
                for _ in range(rnd.randint(1, 3)):
                    yield put(0, "　　" + "。".join(sentence(rnd) for _ in range(rnd.randint(3, 8))) + "。")


def novel(size, rnd):
    chapter = done = 0
    while done < size:
        chapter += 1
        line = f"第{han(chapter)}章　{rnd.choice(CHAPTER)}{rnd.choice(CHAPTER)}"
        done += len(line.encode()) + 1
        yield 1, line
        end = done + rnd.randint(4000, 9000)
        while done < end:
            line = "　　" + "".join(rnd.choice(SCENE) + "。" for _ in range(rnd.choice((1, 2, 3, 3, 4, 6))))
            done += len(line.encode()) + 1
            yield 0, line


def provision(rnd):
    return rnd.choice(WHO) + rnd.choice(DUTY) + rnd.choice(HOW) + task(rnd) + "，" + rnd.choice(WHY)


def statute(size, rnd):
    chapter = article = done = 0
    while done < size:
        chapter += 1
        rows = [(1, f"第{han(chapter)}章　{task(rnd)}")]
        for section in range(1, rnd.randint(2, 5)):
            rows.append((2, f"第{han(section)}节　{task(rnd)}"))
            for _ in range(rnd.randint(2, 8)):
                article = article % 3000 + 1
                rows.append((3, f"第{han(article)}条　{provision(rnd)}。"))
                rows += [(0, f"　　{provision(rnd)}；{provision(rnd)}。")
                         for _ in range(rnd.randint(0, 3))]
                if rnd.random() < 0.3:
                    rows += [(4, f"（{han(i)}）{provision(rnd)}；") for i in range(1, rnd.randint(3, 7))]
                if rnd.random() < 0.1:
                    rows += [(5, f"{i}.{provision(rnd)}；") for i in range(1, rnd.randint(3, 6))]
        done += sum(len(line.encode()) + 1 for _, line in rows)
        yield from rows


KINDS = {"speech": speech, "novel": novel, "statute": statute}


def number(size):
    scale = {"K": 1000, "M": 1000000}.get(size[-1:].upper())
    return int(float(size[:-1]) * scale) if scale else int(size)


def write(folder, kind, size, seed=42):
    """The path of KIND-SIZE.txt in the folder; it is written, with its .md twin, when it is not there."""
    path = os.path.join(folder, f"{kind}-{size}")
    if not os.path.exists(path + ".txt"):
        os.makedirs(folder, exist_ok=True)
        with open(path + ".new", "w", encoding="utf8") as text, open(path + ".md", "w", encoding="utf8") as mark:
            for level, line in KINDS[kind](number(size), random.Random(seed)):
                text.write(line + "\n")
                mark.write(("#" * level + " " + line if level else line.strip("　")) + "\n\n")
        os.rename(path + ".new", path + ".txt")
    return path + ".txt"


def main(folder, sizes):
    for size in sizes:
        for kind in KINDS:
            path = write(folder, kind, size)
            print(path, os.path.getsize(path))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "bench-data", sys.argv[2:] or ["1M", "18M"])
