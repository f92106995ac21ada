"""Sounds: notes made here sample by sample, English sentences spoken by ffmpeg's flite voice."""
import array
import tempfile
import wave
from math import exp, pi, sin
from pathlib import Path

from audio_list import SPEECH, TUNES
from common import entry, run, target, thumb_path

RATE = 22050


def _tone(samples, start, seconds, frequency, loud=0.5):
    """Add one plucked note; frequency 0 is a wooden click."""
    first = int(start * RATE)
    for i in range(min(int(seconds * RATE), len(samples) - first)):
        t = i / RATE
        if frequency:
            fade = min(1, t * 60) * exp(-2.2 * t) * min(1, (seconds - t) * 30)
            value = sin(2 * pi * frequency * t) + 0.35 * sin(4 * pi * frequency * t) + 0.12 * sin(6 * pi * frequency * t)
        else:
            fade = exp(-60 * t)
            value = sin(2 * pi * 1150 * t) + sin(2 * pi * 1830 * t)
        samples[first + i] += loud * fade * value


def _pitch(name):
    """'C4' or 'F#4' to hertz; '.' is a click."""
    if name == ".":
        return 0
    step = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}[name[0]] + name.count("#")
    return 440 * 2 ** ((step - 9) / 12 + int(name[-1]) - 4)


def _render(tune, tempo):
    """'C4:1 D4:0.5 -:1 C4+E4:2' to samples; numbers are beats."""
    beat, now, notes = 60 / tempo, 0.0, []
    for word in tune.split():
        names, _, beats = word.partition(":")
        length = float(beats or 1) * beat
        if names != "-":
            notes += [(now, length * 1.1, _pitch(n), 0.6 if "!" in names else 0.42) for n in names.replace("!", "").split("+")]
        now += length
    samples = [0.0] * int((now + 0.6) * RATE)
    for note in notes:
        _tone(samples, *note)
    return samples


def _save(path, samples):
    peak = max(abs(v) for v in samples) or 1
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "a.wav"
        with wave.open(str(raw), "wb") as out:
            out.setparams((1, 2, RATE, 0, "NONE", ""))
            out.writeframes(array.array("h", [int(24000 * v / peak) for v in samples]).tobytes())
        _encode(path, "-i", raw)


def _encode(path, *source):
    run("ffmpeg", "-y", *source, "-ac", 1, "-ar", RATE, "-c:a", "libmp3lame", "-b:a", "32k", "-map_metadata", -1,
        "-fflags", "+bitexact", "-id3v2_version", 0, target(path))


def _finish(path, title, title_en, subject, grades, chapter):
    """Waveform thumbnail and record."""
    run("ffmpeg", "-y", "-i", target(path), "-filter_complex", "color=white:s=320x180[b];aformat=channel_layouts=mono,"
        "showwavespic=s=320x180:colors=#1f6feb[w];[b][w]overlay=format=auto", "-frames:v", 1, "-c:v", "libwebp", "-quality", 40,
        target(thumb_path(path)))
    seconds = float(run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", target(path)))
    entry(path, title, title_en, "audio", subject, grades, chapter, duration_seconds=round(seconds))


def make(_browser):
    """All audio files."""
    for name, title, title_en, subject, grades, chapter, tempo, tune in TUNES:
        path = f"audio/{name}.mp3"
        _save(path, _render(tune, tempo))
        _finish(path, title, title_en, subject, grades, chapter)
    for name, title, title_en, subject, grades, chapter, words in SPEECH:
        path = f"audio/{name}.mp3"
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder) / "words.txt"
            script.write_text(words, encoding="ascii")
            _encode(path, "-f", "lavfi", "-i", f"flite=textfile={script}:voice=slt", "-af", "atempo=0.85,apad=pad_dur=0.5")
        _finish(path, title, title_en, subject, grades, chapter)
