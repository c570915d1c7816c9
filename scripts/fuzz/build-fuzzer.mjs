/** Builds the fuzzer and the process that runs its cases, so that plain Node can start them. */
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'vite'

/** Gives the files that were built. */
export async function buildFuzzer(root, outDir) {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { ISOMER_VERSION: '"fuzz"' },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: {
          run: join(root, 'main/image/testing/fuzz/fuzz-run.ts'),
          process: join(root, 'main/image/testing/fuzz/fuzz-process.ts'),
        },
        external: [/^node:/, ...builtinModules],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name].mjs' },
      },
    },
  })
  return { runFile: join(outDir, 'run.mjs'), processFile: join(outDir, 'process.mjs') }
}
