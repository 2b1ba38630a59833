#!/usr/bin/env python3
"""Texts that make a careless parser slow: hostile.py OUT_DIR SIZE. One file for each family; the size is in bytes."""
import os
import sys

from generate import han, number


def fill(unit, size):
    """The unit again and again; a text, or a function of a running number"""
    parts, done, i = [], 0, 0
    while done < size:
        i += 1
        part = (unit(i) if callable(unit) else unit).encode()
        parts.append(part)
        done += len(part)
    return b"".join(parts)


MARKS = ("第{}编", "第{}章", "第{}节", "第{}条", "{}、", "（{}）", "({})", "{}是", "{}要")

FAMILIES = {
    "one-again": "一、核对台账。\n",
    "one-inline": "一是一是一是。",
    "series-inline": "一是核对。二是登记。三是归档。",
    "series-inline-rising": lambda i: han(i % 9999) + "是核对台账。",
    "rising": lambda i: f"{i}. 核对台账\n",
    "falling": lambda i: f"{10**8 - i}、核对台账\n",
    "gaps": lambda i: f"（{han(i * 7919 % 9999)}）核对台账\n",
    "every-family": lambda i: MARKS[i % len(MARKS)].format(han(i // len(MARKS) % 20 + 1)) + "核对\n",
    "decimals": "1.1.1.1.1.1.1.1.",
    "decimals-deep": lambda i: ".".join("1" * (i % 60 + 1)) + " 核对\n",
    "numeral": "一二三四五六七八九十",
    "digits": "0123456789",
    "open-brackets": "（",
    "open-quotes": "“",
    "brackets-quotes": "（“（《一、",
    "stops": "。",
    "blanks": "　",
    "lines": "\n",
    "returns": "\r",
    "paragraph-blanks": "　　一、核对。",
    "contents": lambda i: f"第{han(i % 99 + 1)}章 核对台账……………………{i}\n",
    "annexes": lambda i: f"附件{i}\n一、核对\n",
    "pages": lambda i: f"— {i} —\n",
    "article-references": "依照第三条第二款第一项、第四条的规定。",
    "plain": "核对台账",
    "ascii": "a",
}


def write(folder, family, size):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f"hostile-{family}-{size}.txt")
    if not os.path.exists(path):
        with open(path, "wb") as f:
            f.write(fill(FAMILIES[family], size))
    return path


def main(folder, size):
    for family in FAMILIES:
        print(write(folder, family, number(size)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
