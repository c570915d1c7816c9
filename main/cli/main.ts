#!/usr/bin/env node
/** The command line's entry: runs what it was called with, and ends with the exit code. */
import { runCommandLine } from './run-command-line.ts'

process.exitCode = await runCommandLine(process.argv.slice(2))
