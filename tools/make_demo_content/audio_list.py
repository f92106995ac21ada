"""Tunes (beats at a tempo) and English listening texts; all our own."""

TUNES = [
    ("c-major-scale", "C 大调音阶(上行、下行)", "C major scale", "24", 5, "music-5a-2-1", 100,
     "C4 D4 E4 F4 G4 A4 B4 C5:2 C5 B4 A4 G4 F4 E4 D4 C4:2"),
    ("pentatonic-scale", "五声音阶 宫商角徵羽", "Pentatonic scale", "24", (5, 7), "music-5a-2-2", 90, "C4 D4 E4 G4 A4 C5:2 A4 G4 E4 D4 C4:2"),
    ("rhythm-two-four", "节奏练习 四二拍", "Rhythm in two-four", "24", (1, 3), "music-1a-2-1", 90,
     "!.:1 .:1 !.:0.5 .:0.5 .:1 !.:1 .:0.5 .:0.5 !.:1 -:1 " * 2),
    ("rhythm-three-four", "节奏练习 四三拍", "Rhythm in three-four", "24", (1, 5), "music-1a-2-2", 110,
     "!.:1 .:1 .:1 !.:1 .:0.5 .:0.5 .:1 !.:2 .:1 !.:1 -:2 " * 2),
    ("high-or-low", "听辨:哪个音高", "Which note is higher", "24", (2, 3), "music-2a-3-1", 84,
     "C4 G4 -:2 A4 E4 -:2 D4 C5 -:2 E4 F4 -:2"),
    ("boat-tune", "湖上小调(自编旋律)", "A tune on the lake", "24", 4, "music-4a-1-2", 96,
     "G4 A4:0.5 G4:0.5 E4 G4 | A4 C5:0.5 A4:0.5 G4:2 E4 G4:0.5 E4:0.5 D4 C4 D4 E4:0.5 D4:0.5 C4:2".replace("| ", "")),
]
SPEECH = [
    ("listen-colours", "听力:颜色", "Listening: colours", "41", 3, "english-3a-2-2",
     "What colour is it? It is red. What colour is it? It is blue. Look at the yellow duck. Now colour the boat green."),
    ("listen-classroom", "听力:教室里的物品", "Listening: in the classroom", "41", 4, "english-4a-1-1",
     "Number one. The ruler is on the desk. Number two. The bag is under the chair. Number three. Open the window, please."),
    ("listen-week", "听力:一周的课程", "Listening: days of the week", "41", 5, "english-5a-2-1",
     "We have music on Monday. We have science on Tuesday. On Friday we have art. What do you have on Wednesday?"),
    ("listen-directions", "听力:问路", "Listening: directions", "41", 6, "english-6a-1-2",
     "Excuse me. Where is the library? Go straight. Turn left at the bridge. It is next to the school. Thank you."),
    ("listen-lake", "听力:湖边的学校", "Listening: a school by the lake", "41", 7, "english-7a-1-1",
     "My school is near a big lake. In autumn, many birds come here. We count them every week, and we write the numbers on the board."),
]
