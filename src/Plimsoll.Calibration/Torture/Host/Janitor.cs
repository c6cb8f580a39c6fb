using System.Diagnostics;

namespace Plimsoll.Calibration.Torture.Host;

/// <summary>Ends all that is in a cgroup and removes it, also when this process is killed: a shell in a session of its own notices the end of its input.</summary>
internal sealed class Janitor : IAsyncDisposable
{
    // $1 the group, $2 yes when it is ours to remove, $3 a folder to remove at last or nothing. Frozen processes die only thawed; Plimsoll's groups have one name in all hierarchies.
    private const string Sweep =
        """
        n=0
        while [ -d "$1" ] && [ $n -lt 150 ]; do
            n=$((n + 1))
            for folder in "$1"/plimsoll-* "$1"/*/plimsoll-*; do
                [ -d "$folder" ] && names="$names ${folder##*/}"
            done
            left=no
            for procs in $(find "$1" -name cgroup.procs 2>/dev/null); do
                while read -r pid; do
                    left=yes
                    kill -KILL "$pid" 2>/dev/null
                done <"$procs"
            done
            for name in $(printf '%s\n' $names | sort -u); do
                for folder in $(find /sys/fs/cgroup -depth -type d -path "*/$name*" 2>/dev/null); do
                    echo 0 2>/dev/null >"$folder/cgroup.freeze"
                    [ ! -e "$folder/freezer.state" ] || echo THAWED >"$folder/freezer.state"
                    rmdir "$folder" 2>/dev/null
                done
            done
            if [ $left = no ]; then
                find "$1" -mindepth 1 -depth -type d -exec rmdir {} \; 2>/dev/null
                [ ! -e "$1/memory.force_empty" ] || echo 0 2>/dev/null >"$1/memory.force_empty"
                [ ! -e "$1/memory.reclaim" ] || echo 4G 2>/dev/null >"$1/memory.reclaim"
                [ "$2" != yes ] || rmdir "$1" 2>/dev/null
                [ "$2" = yes ] || break
            fi
            [ ! -d "$1" ] || sleep 0.1
        done
        [ -z "$3" ] || rm -rf "$3"
        """;

    private readonly Process watcher;
    private readonly string folder;

    private Janitor(Process watcher, string folder)
    {
        this.watcher = watcher;
        this.folder = folder;
    }

    /// <param name="remove">The group is removed with everything in it.</param>
    /// <param name="scratch">A folder of files to remove at last; null = none.</param>
    public static Janitor Watch(string folder, bool remove, string? scratch) =>
        new(Start("setsid", ["sh", "-c", $"trap '' HUP INT TERM; cat >/dev/null\n{Sweep}", "sh", folder, remove ? "yes" : "no", scratch ?? ""], input: true), folder);

    /// <summary>Ends all that is in the group now; the group stays.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        using Process sweep = Start("sh", ["-c", Sweep, "sh", folder, "no", ""], input: false);
        await sweep.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        watcher.StandardInput.Close();
        await watcher.WaitForExitAsync(CancellationToken.None);
        watcher.Dispose();
    }

    private static Process Start(string program, string[] arguments, bool input)
    {
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, RedirectStandardInput = input, RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start) ?? throw new IOException($"{program} cannot be started");
    }
}
