namespace DualDb.Testing.Killing;

/// <summary>The POSIX shell scripts that make workers end with their owner.</summary>
internal static class WorkerGuardScript
{
    /// <summary>
    /// Learns which processes are workers, one command a line, and kills them when standard input ends, which the kernel sees to however the owner dies. A number counts only together with the moment at
    /// which its process was started, since it may have been given to another meanwhile. SIGKILL, because a paused process takes note of nothing else.
    /// </summary>
    public const string Guard = """
        trap '' INT TERM HUP QUIT PIPE
        started() {
          if [ -d /proc/self ]
          then
            stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
            set -- ${stat##*)}
            echo "${20}"
          else ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_'
          fi
        }
        workers=
        echo ready
        while read -r what id
        do
          others=
          for worker in $workers
          do [ "${worker%%:*}" = "$id" ] || others="$others $worker"
          done
          workers=$others
          [ "$what" != add ] || workers="$workers $id:$(started "$id")"
          echo done
        done
        for worker in $workers
        do
          id=${worker%%:*}
          [ "$(started "$id")" != "${worker#*:}" ] || kill -s KILL "$id" 2>/dev/null
        done

        """;

    /// <summary>
    /// <c>$@</c> is the command line of a worker. It begins when the guard knows of it: where the owner dies before that, standard input ends and nothing begins. The program takes the place of the shell,
    /// and with it its number.
    /// </summary>
    public const string Worker = "read -r go && exec \"$@\"";
}
