namespace DualDb.Testing.Processes;

/// <summary>The POSIX shell scripts that own a run's folder: one that waits for the end of the run, one that sweeps.</summary>
internal static class WatchdogScript
{
    /// <summary>
    /// <c>$1</c> is the folder. Stops every server whose pid file lies in it, then removes it. A pid counts only while
    /// its command line names the folder, since a number may have been given to another process; a zombie has no
    /// command line and counts as gone. Redis and the Supabase
    /// API, which may be paused and have nothing to put in order, are killed at once. Tries again while a server that was just starting still writes.
    /// </summary>
    public const string Sweep = """
        folder=$1
        running() {
          case $1 in '' | *[!0-9]*) return 1 ;; esac
          if [ -d /proc/self ]
          then arguments=$(tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline")
          else arguments=$(ps -o args= -p "$1" 2>/dev/null)
          fi
          case $arguments in *"$folder"/*) return 0 ;; *) return 1 ;; esac
        }
        stop() {
          kill -s "$2" "$1"
          waited=0
          while running "$1" && [ "$waited" -lt 200 ]
          do
            [ "$waited" -ne 100 ] || kill -s KILL "$1"
            waited=$((waited + 1))
            sleep 0.05
          done
        }
        sweep() {
          attempt=0
          while [ -O "$folder" ] && [ ! -L "$folder" ] && [ "$attempt" -lt 50 ]
          do
            attempt=$((attempt + 1))
            for file in "$folder"/*/postmaster.pid "$folder"/*/pgbouncer.pid "$folder"/*/redis.pid "$folder"/*/lite.pid
            do
              pid=
              [ ! -f "$file" ] || read -r pid <"$file"
              signal=QUIT
              case $file in *redis.pid | *lite.pid) signal=KILL ;; esac
              if running "$pid"; then stop "$pid" "$signal"; fi
            done
            rm -rf -- "$folder" || sleep 0.1
          done
        }

        """;

    /// <summary>Sweeps at once: for a folder whose owner is dead.</summary>
    public const string SweepNow = Sweep + "sweep\n";

    /// <summary>
    /// Creates the folder, says so, and sweeps it when standard input ends. The other end of that pipe is held by the
    /// owner alone, so that the kernel closes it however the owner dies.
    /// </summary>
    public const string Watch = Sweep + """
        trap '' INT TERM HUP QUIT
        mkdir -m 700 -- "$folder" || exit 1
        echo ready
        while read -r line; do :; done
        sweep

        """;

    /// <summary>
    /// <c>$1</c> is the folder, <c>$2</c> the script. Starts the watchdog in a session of its own and ends, so that
    /// neither Ctrl-C, nor a kill of the owner's process group, nor a kill of its process tree takes the watchdog along.
    /// Without `setsid` (macOS), job control gives it a process group of its own. Standard input travels as descriptor 3
    /// because a shell gives a background command an empty one.
    /// </summary>
    public const string Launch = """
        exec 3<&0
        if command -v setsid >/dev/null 2>&1
        then setsid /bin/sh -c "$2" dualdb-watchdog "$1" <&3 3<&- 2>/dev/null &
        else
          set -m
          /bin/sh -c "$2" dualdb-watchdog "$1" <&3 3<&- 2>/dev/null &
        fi

        """;
}
