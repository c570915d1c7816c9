/** What host and guest say to each other, one JSON object a line; the guest's side is ../guest/agent.mjs. */

/** `tester` has no session; `seat` is the same account logged in at the screen, which takes a guest with systemd. */
export type GuestUser = 'root' | 'tester' | 'seat'

export type AgentRequest =
  | {
      readonly id: number
      /** For bash. */
      readonly script: string
      readonly user: GuestUser
      /** Base64. */
      readonly input: string
    }
  | { readonly id: number; readonly signal: NodeJS.Signals }

export type AgentReport =
  | { readonly ready: true }
  /** Base64. */
  | { readonly id: number; readonly stdout: string }
  | { readonly id: number; readonly stderr: string }
  | { readonly id: number; readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }
