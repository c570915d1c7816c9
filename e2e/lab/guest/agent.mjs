/**
 * Runs in the guest and does what the host asks for over a virtio port, in lines of JSON (../machine/agent-protocol.ts):
 * starts commands, passes on what they print as it comes, says how they ended.
 */
import { spawn } from 'node:child_process'
import { createReadStream, openSync, readdirSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'

const port = openSync(`/dev/${readdirSync('/dev').find((name) => name.startsWith('vport'))}`, 'r+') // it can be open once only
const running = new Map()

/** The port takes 32 KiB at a time. */
function say(report) {
  let rest = Buffer.from(`${JSON.stringify(report)}\n`)
  while (rest.length > 0) rest = rest.subarray(writeSync(port, rest))
}

/** The words before a command that make it another user's; the seat's user has the screen and the keyboard before them. */
const prefixes = {
  root: () => [],
  tester: () => ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups', 'env', 'HOME=/home/tester', 'USER=tester', 'LOGNAME=tester'],
  seat: (id) => [
    ...['systemd-run', '--quiet', '--pipe', '--wait', '--collect', `--unit=${unitOf(id)}`],
    ...['--uid=tester', '--property=PAMName=login', '--property=TTYPath=/dev/tty1'],
    ...['--setenv=XDG_SEAT=seat0', '--setenv=XDG_VTNR=1', '--setenv=XDG_SESSION_TYPE=tty', '--setenv=XDG_SESSION_CLASS=user'],
  ],
}
const unitOf = (id) => `isomer-lab-${id}.service`

function start({ id, script, user, input }) {
  const [program, ...args] = [...prefixes[user](id), 'bash', '-c', script]
  const child = spawn(program, args, { cwd: '/tmp', detached: true })
  running.set(id, { child, user })
  child.stdout.on('data', (bytes) => say({ id, stdout: bytes.toString('base64') }))
  child.stderr.on('data', (bytes) => say({ id, stderr: bytes.toString('base64') }))
  child.on('error', (error) => say({ id, stderr: Buffer.from(error.message).toString('base64') }))
  child.on('close', (exitCode, signal) => {
    running.delete(id)
    say({ id, exitCode, signal })
  })
  child.stdin.on('error', () => undefined) // a command need not read its input
  child.stdin.end(Buffer.from(input, 'base64'))
}

/** With all that the command started; the seat's is systemd's child, not that of the program which waits for it. */
function kill({ id, signal }) {
  const command = running.get(id)
  if (command?.user === 'seat') spawn('systemctl', ['kill', `--signal=${signal}`, unitOf(id)])
  else if (command !== undefined) process.kill(-command.child.pid, signal)
}

say({ ready: true })
for await (const line of createInterface({ input: createReadStream('', { fd: port, autoClose: false }) })) {
  const request = JSON.parse(line)
  if (request.signal === undefined) start(request)
  else kill(request)
}
