// A disk in a file, whose power fails on command: what the file system has not written to it is gone.
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN are one number; 2 = without writing the journal. */
const power_off = 'import fcntl, os, struct, sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))'

const run = (...words) => execFileSync(words[0], words.slice(1), { stdio: 'pipe', encoding: 'utf8' })

export class LoopDisk {
  /** A mounted disk of this kind ("ext4", "xfs"), or the reason why there is none here. */
  static make(top, kind, megabytes = 400) {
    const disk = new LoopDisk()
    Object.assign(disk, { kind, image: join(top, `${kind}.img`), folder: join(top, kind) })
    if (spawnSync(`mkfs.${kind}`, ['-V']).error) return `mkfs.${kind} is not here`
    mkdirSync(disk.folder, { recursive: true })
    const file = openSync(disk.image, 'w')
    ftruncateSync(file, megabytes << 20)
    closeSync(file)
    try {
      run(`mkfs.${kind}`, '-q', disk.image)
      disk.mount()
    } catch (error) {
      rmSync(disk.image, { force: true })
      return `no loop mounts here (${String(error.stderr ?? error).trim().split('\n').at(-1)})`
    }
    return disk
  }

  mount() {
    run('mount', '-t', this.kind, '-o', 'loop', this.image, this.folder)
  }

  /** The power fails: from now on nothing reaches the disk. */
  fail() {
    run('python3', '-c', power_off, this.folder)
  }

  /** The light is back; whoever used the disk is gone by now. */
  back() {
    for (let tries = 0; spawnSync('umount', [this.folder]).status !== 0; tries++) {
      if (tries === 50) throw new Error(`${this.folder} cannot be unmounted`)
      spawnSync('sleep', ['0.1'])
    }
    this.mount()
  }

  /** Takes all its room; the function gives it back. */
  fill() {
    const name = join(this.folder, 'filler')
    const file = openSync(name, 'w')
    for (let block = 1 << 20; block >= 512; block >>= 1) {
      try {
        for (;;) if (writeSync(file, Buffer.alloc(block, 1)) < block) break
      } catch (error) {
        if (error.code !== 'ENOSPC') throw error
      }
    }
    closeSync(file)
    return () => rmSync(name)
  }

  remove() {
    spawnSync('umount', ['-l', this.folder])
    rmSync(this.image, { force: true })
  }
}
