/** Opens a metadata partition: the blocks of its metadata file, and those of the mirror (UDF 2.2.10, 2.2.13). */
import { contentOf, readFileEntry } from './icb-reader.ts'
import { fileTypes } from './information-control-block.ts'
import { type BlockRun, MetadataPartition } from './partition.ts'
import type { MetadataMapUse } from './partition-maps.ts'
import type { VolumeSpace } from './volume-space.ts'

const CLAUSE = 'UDF 2.2.13'

/** `below` is the index of the partition that the files lie in. Null when neither can be read. */
export function openMetadataPartition(
  space: VolumeSpace,
  below: number,
  map: ReturnType<typeof MetadataMapUse.parse>,
): MetadataPartition | null {
  const main = runsOfFile(space, below, map.metadataFileBlock, fileTypes.metadataMain)
  const mirror = runsOfFile(space, below, map.mirrorFileBlock, fileTypes.metadataMirror)
  if (main === null && mirror === null) return null
  if (main === null)
    space.findings.add('udf-metadata-file-damaged', 'damaged', 'The metadata file is damaged; its mirror was used.', { clause: CLAUSE })
  if (mirror === null)
    space.findings.add('udf-metadata-mirror-damaged', 'damaged', 'The mirror of the metadata file is damaged.', { clause: CLAUSE })
  return new MetadataPartition(main ?? [], sameRuns(main, mirror) ? [] : (mirror ?? []))
}

function runsOfFile(space: VolumeSpace, partition: number, block: number, fileType: number): BlockRun[] | null {
  const entry = readFileEntry(space, { partition, block })
  if (entry === null || entry.fileType !== fileType) return null
  const runs: BlockRun[] = []
  for (const { offsetBytes, lengthBytes } of contentOf(space, entry).runs) {
    // Parts of the file that are not recorded keep their block numbers; they lie nowhere.
    const imageBlock = offsetBytes === null ? space.imageBlocks : Math.floor(offsetBytes / space.blockBytes)
    runs.push({ imageBlock, count: Math.floor(lengthBytes / space.blockBytes) })
  }
  return runs.length === 0 ? null : runs
}

/** A mirror without a copy of its own names the same blocks. */
function sameRuns(main: readonly BlockRun[] | null, mirror: readonly BlockRun[] | null): boolean {
  return (
    main !== null && mirror !== null && main.length === mirror.length && main.every((run, i) => run.imageBlock === mirror[i]?.imageBlock)
  )
}
