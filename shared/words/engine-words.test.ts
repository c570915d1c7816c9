import { IntlMessageFormat } from 'intl-messageformat'
import { expect, it } from 'vitest'
import { EngineWords } from './engine-words.ts'

const german = new Intl.NumberFormat('de')
const words = new EngineWords(
  {
    'Nothing was written.': 'Es wurde nichts geschrieben.',
    'There is no ‘{0}’ in ‘{1}’.': 'In „{1}“ gibt es kein „{0}“.',
    '{0} is damaged.': '{0} ist beschädigt.',
    'The boot file {0} {1}.': 'Die Bootdatei {0} {1}.',
    'has {0} bytes, which is not the size of a {1} floppy disk': 'hat {0} Bytes, anders als eine Diskette mit {1}',
    '{0} extracted before and kept.': '{0} vorher entpackt und behalten.',
    '# file was | # files were': '{count, plural, one {# Datei wurde} other {# Dateien wurden}}',
    'It has {0}, and there is room for {1}.': 'Es hat {0}, und Platz ist für {1}.',
    'The image {0}{1}.': 'Das Abbild {0}{1}.',
    'is whole': 'ist heil',
    ', {0} of it unread': ', davon {0} ungelesen',
    'It was made on {0}.': 'Es wurde am {0} gemacht.',
    '{0} and {1}': '{0} und {1}',
    '{0} on it ({1})': '{0} darauf ({1})',
    '‘{0}’ is no {1}.': '„{0}“ ist keine {1}.',
    '{0} has only {1}.': '{0} hat nur {1}.',
    'has {0}': 'hat {0}',
    '‘{0}’ is in use.': '„{0}“ wird benutzt.',
    'the {0} in {1}': 'die {0} in {1}',
    '{0}: it was closed for good.': '{0}: für immer abgeschlossen.',
    'Could not open {0}.': '{0} ließ sich nicht öffnen.',
  },
  {
    bytes: (sizeBytes) => `${german.format(sizeBytes)} Bytes`,
    day: (epochMs) => new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'UTC' }).format(epochMs),
    number: (value) => german.format(value),
    size: (sizeBytes) => `${german.format(sizeBytes / 1e9)} GB`,
    plural: (message, count) => String(new IntlMessageFormat(message, 'de').format({ count })),
  },
)

it.each([
  ['Nothing was written.', 'Es wurde nichts geschrieben.'],
  ['There is no ‘a/b’ in ‘It is damaged.iso’.', 'In „It is damaged.iso“ gibt es kein „a/b“.'],
  ['x.iso is damaged. Nothing was written.', 'x.iso ist beschädigt. Es wurde nichts geschrieben.'],
  [
    'The boot file b.img has 1,234 bytes, which is not the size of a 1.44 MB floppy disk.',
    'Die Bootdatei b.img hat 1.234 Bytes, anders als eine Diskette mit 0,001 GB.',
  ],
  ['1 file was extracted before and kept.', '1 Datei wurde vorher entpackt und behalten.'],
  ['12,345 files were extracted before and kept.', '12.345 Dateien wurden vorher entpackt und behalten.'],
  ['It has 9.4 GB, and there is room for 4.7 GB.', 'Es hat 9,4 GB, und Platz ist für 4,7 GB.'],
  ['The image is whole.', 'Das Abbild ist heil.'],
  ['There is no ‘2024’ in ‘1,000’.', 'In „1,000“ gibt es kein „2024“.'],
  ['The image is whole, 2,000 bytes of it unread.', 'Das Abbild ist heil, davon 2.000 Bytes ungelesen.'],
  ['It was made on 3 May 2024.', 'Es wurde am 3. Mai 2024 gemacht.'],
  ['‘/mnt/x’ is in use.', '„/mnt/x“ wird benutzt.'],
  ['The 5 in 7: it was closed for good.', 'Die 5 in 7: für immer abgeschlossen.'],
  ['x is damaged; it is whole', 'x is damaged; it is whole'],
  ['It has 4.1 GB on it (BACKUP), and there is room for 4.7 GB.', 'Es hat 4,1 GB darauf (BACKUP), und Platz ist für 4,7 GB.'],
  ['‘abc’ is no SHA-256.', '„abc“ ist keine SHA-256.'],
  ['Nothing was written. md5sum.txt has only MD5.', 'Es wurde nichts geschrieben. md5sum.txt hat nur MD5.'],
  ['is whole; is whole', 'ist heil; ist heil'],
  ['Cats and Dogs.mkv', 'Cats and Dogs.mkv'],
  ['3 files were and 5 GB', '3 Dateien wurden und 5 GB'],
  ['Could not open a. Nothing was written.', 'a ließ sich nicht öffnen. Es wurde nichts geschrieben.'],
  ['Nobody knows this sentence. Nothing was written.', 'Nobody knows this sentence. Nothing was written.'],
])('%s', (english, translation) => {
  expect(words.translate(english)).toBe(translation)
})
