import { spawn } from 'node:child_process'

/** Ctrl-C goes from the terminal to every process of the group: passing it on as well would be a second Ctrl-C. */
const comesFromTerminal = (signal) => signal === 'SIGINT' && process.stdin.isTTY

/** Runs the command in this terminal, hands signals on, and ends as it ended. */
export const launch = (command, args, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'inherit' })
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    const forward = (signal) => {
      if (!comesFromTerminal(signal)) child.kill(signal)
    }
    for (const signal of signals) process.on(signal, forward)
    // npm hands SIGTERM to the shell between us, which dies of it without a word: then nobody is left who wants the command.
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(watch)
      child.kill('SIGTERM')
    }, 250)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      for (const each of signals) process.off(each, forward)
      if (signal) process.kill(process.pid, signal)
      process.exitCode = code ?? 1
      resolve()
    })
  })
