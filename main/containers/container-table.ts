/**
 * Every format that is opened besides plain images, one line each: name for programs, name for people, what it is told
 * by, and the code that opens it. The first that recognises a file takes it. A format packed around another file is a
 * `wraps` line, one that holds tracks a `contains` line.
 */
import { recogniseCdi } from './cdi/recognise-cdi.ts'
import { beginsWith, contains, endsWith, type Format, wraps } from './container-format.ts'
import { recogniseCue } from './cue/recognise-cue.ts'
import { recogniseGdi } from './gdi/recognise-gdi.ts'
import { recogniseRaw } from './raw/recognise-raw.ts'
import { recogniseToc } from './toc/recognise-toc.ts'

const [kolyFirst, kolyLast] = [beginsWith('koly'), endsWith('koly', 512)]
const isDmg: Format['recognises'] = (candidate) => kolyLast(candidate) || kolyFirst(candidate)

export const formats: readonly Format[] = [
  // Before what its blocks may be packed with: its first bytes are those of the first block.
  wraps('dmg', 'DMG', isDmg, async () => (await import('./dmg/open-dmg.ts')).unwrapDmg),
  wraps('dmg', 'DMG', beginsWith('encrcdsa'), async () => (await import('./dmg/open-dmg.ts')).refuseEncryptedDmg),
  wraps('gzip', 'gzip', beginsWith('\x1f\x8b'), async () => (await import('./gzip/open-gzip.ts')).unwrapGzip),
  wraps('xz', 'xz', beginsWith('\xfd7zXZ\0'), async () => (await import('./xz/open-xz.ts')).unwrapXz),
  wraps('bzip2', 'bzip2', beginsWith('BZh'), async () => (await import('./bzip2/open-bzip2.ts')).unwrapBzip2),
  wraps('zstd', 'Zstandard', beginsWith('\x28\xb5\x2f\xfd'), async () => (await import('./zstandard/open-zstd.ts')).unwrapZstd),
  wraps('zip', 'ZIP', beginsWith('PK\x03\x04'), async () => (await import('./zip/open-zip.ts')).unwrapZip),
  wraps('cso', 'CSO', beginsWith('CISO'), async () => (await import('./cso/open-cso.ts')).unwrapCso),
  wraps('zso', 'ZSO', beginsWith('ZISO'), async () => (await import('./cso/open-cso.ts')).unwrapCso),
  wraps('dax', 'DAX', beginsWith('DAX\0'), async () => (await import('./dax/open-dax.ts')).unwrapDax),
  contains('chd', 'CHD', beginsWith('MComprHD'), async () => (await import('./chd/open-chd.ts')).openChd),
  wraps('ecm', 'ECM', beginsWith('ECM\0'), async () => (await import('./ecm/open-ecm.ts')).openEcm),
  contains('mds', 'MDS/MDF', beginsWith('MEDIA DESCRIPTOR'), async () => (await import('./mds/open-mds.ts')).openMds),
  contains('ccd', 'CloneCD (IMG/CCD/SUB)', beginsWith('[CloneCD]'), async () => (await import('./ccd/open-ccd.ts')).openCcd),
  contains('nrg', 'Nero image (NRG)', endsWith('NER5', 12), async () => (await import('./nrg/open-nrg.ts')).openNrg),
  contains('nrg', 'Nero image (NRG)', endsWith('NERO', 8), async () => (await import('./nrg/open-nrg.ts')).openNrg),
  contains('cue', 'BIN/CUE', recogniseCue, async () => (await import('./cue/open-cue.ts')).openCue),
  contains('toc', 'cdrdao TOC', recogniseToc, async () => (await import('./toc/open-toc.ts')).openToc),
  contains('gdi', 'GD-ROM (GDI)', recogniseGdi, async () => (await import('./gdi/open-gdi.ts')).openGdi),
  contains('cdi', 'DiscJuggler image (CDI)', recogniseCdi, async () => (await import('./cdi/open-cdi.ts')).openCdi),
  // Last: a file that has only sectors says nothing of itself.
  contains('raw', 'raw CD sectors', recogniseRaw, async () => (await import('./raw/open-raw.ts')).openRaw),
]
