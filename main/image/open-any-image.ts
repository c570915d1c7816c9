/** Opens an image in whatever file it comes: plain, wrapped, or as a track of a container. */
import type { ContainerFacts } from '../../shared/container.ts'
import type { Finding } from '../../shared/image-model.ts'
import { Problem } from '../../shared/problem.ts'
import type { ByteSource, ImageSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { chosenTrack } from '../containers/chosen-track.ts'
import { fileSystemPlace } from '../containers/disc-source.ts'
import { type OpenedFile, openContainer } from '../containers/open-container.ts'
import type { OpeningControl } from '../containers/opening-control.ts'
import { Contained, containerFacts } from './contained.ts'
import { OpenImage, type OpenOptions } from './open-image.ts'

export interface OpenAnyOptions extends OpenOptions {
  /** Hears how far a file is that has to be expanded whole, and can stop that. */
  readonly control?: OpeningControl | undefined
  /** Number of a data track of a container; its main one when left out. */
  readonly track?: number | undefined
}

/**
 * Throws an `io` Problem when a file can't be read, an `image` Problem when it is no image that Isomer knows, a `usage`
 * Problem when it has no such track.
 */
export async function openAnyImage(path: string, options: OpenAnyOptions = {}): Promise<OpenImage> {
  const log = new FindingLog()
  const file = await openContainer(path, log, options.control)
  try {
    return imageIn(file, log, options)
  } catch (error) {
    file.close()
    throw error
  }
}

/** The image that an opened file holds. What is thrown is as of `openAnyImage`; then the file is still open. */
export function imageIn(file: OpenedFile, log: FindingLog, options: OpenAnyOptions = {}): OpenImage {
  const { container, source, wrappers } = file
  if (container === null) {
    if (options.track !== undefined && options.track !== 1) throw noTracks(source.path, options.track)
    return new OpenImage(source, options, wrappers.length === 0 ? null : new Contained(file, null, 0, log))
  }
  const track = chosenTrack(source.path, container, options.track)
  const place = fileSystemPlace(container, track)
  return new OpenImage(trackSource(file, track.number, place.source), options, new Contained(file, track, place.startLba, log))
}

/** A disc as it is looked at: with its tracks, whether or not there are files in one of them. */
export interface OpenDisc {
  /** Null for a plain image. */
  readonly container: ContainerFacts | null
  /** Null where nothing can be read as files: a disc of audio only, or of another file system. */
  readonly image: OpenImage | null
  readonly findings: readonly Finding[]
  close(): void
}

/** Like `openAnyImage`, but a container is worth a look also without files in it; then its findings say why. */
export async function openDisc(path: string, options: OpenAnyOptions = {}): Promise<OpenDisc> {
  const log = new FindingLog()
  const file = await openContainer(path, log, options.control)
  try {
    const image = imageIn(file, log, options)
    return { container: image.contained?.facts ?? null, image, findings: image.findings, close: () => image.close() }
  } catch (error) {
    if (file.container === null || !(error instanceof Problem) || error.report.kind !== 'image') {
      file.close()
      throw error
    }
    const { code, message } = error.report
    log.add(code, code === 'audio-only' ? 'note' : 'suspicious', message)
    return { container: containerFacts(file, null), image: null, findings: log.list(), close: () => file.close() }
  }
}

/** A track's bytes as an image; closing the container closes them. */
function trackSource({ source, container }: OpenedFile, number: number, bytes: ByteSource): ImageSource {
  return {
    path: source.path,
    fd: null,
    deviceAndInode: `${source.deviceAndInode}#${number}`,
    sizeBytes: bytes.sizeBytes,
    read: (offsetBytes, target) => bytes.read(offsetBytes, target),
    assertUnchanged: () => {
      source.assertUnchanged()
      for (const companion of container?.companions ?? []) companion.assertUnchanged()
    },
    close: () => {},
  }
}

function noTracks(path: string, number: number): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-such-track',
    message: `${path} has no track ${number}.`,
    advice: 'It is an image of one volume, without tracks.',
  })
}
