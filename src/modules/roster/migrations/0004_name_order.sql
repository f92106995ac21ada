-- Names are sorted syllable by syllable ("li jun gang" before "liu bin"), by bytes whatever the database's own order is.
-- The program spells the names anew when it starts next: those with initials and without pinyin.
UPDATE person SET pinyin = '' WHERE pinyin <> '';
--postgresql: ALTER TABLE person ALTER COLUMN pinyin TYPE TEXT COLLATE "C";
