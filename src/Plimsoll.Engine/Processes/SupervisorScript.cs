namespace Plimsoll.Engine.Processes;

/// <summary>The shell text that watches a supervised command, and the arguments it takes.</summary>
/// <remarks>
/// Arguments: pid file, exit file name (for messages), boot id, file mode mask, files of cgroups to enter, <c>--</c>, then the command. Descriptor 3 is the exit file.
/// Builtins only, so a start costs one fork more than a direct one.
/// <list type="bullet">
/// <item>A trap with an action, not an ignored signal: the command must get the default dispositions.</item>
/// <item>Noclobber makes the claim exclusive: recovery revokes an attempt by creating the same file.</item>
/// <item>The shell's own remarks (<c>Killed</c>, <c>Segmentation fault</c>) go before the code into the exit file; a code of 129 or
/// more with a remark is a signal, without one it is a code. dash is silent about SIGINT and SIGPIPE: those stay codes 130 and 141.</item>
/// <item>The command is the first that the kernel's out-of-memory killer takes, before anything else on the host; raising is allowed to all.</item>
/// <item>Only positional parameters and odd names: assigning a variable that was in the environment would change it for the command.</item>
/// </list>
/// </remarks>
internal static class SupervisorScript
{
    public const string Name = "plimsoll-attempt";

    public const string EndOfEntrances = "--";

    /// <summary>What the shell writes before the code when the command could not enter its cgroup and therefore did not run.</summary>
    public const string Outside = "plimsoll-outside";

    /// <summary>Exit code of the supervisor when the attempt is not its to run.</summary>
    public const int NotClaimed = 125;

    public const string Text =
        """
        trap : HUP INT TERM
        exec 4>&2 2>&3 3>&-
        read -r _plimsoll_stat < /proc/$$/stat
        _plimsoll_claim() { set -C; echo "$$ ${22} $1" > "$2"; }
        umask 077
        _plimsoll_claim "$3" "$1" ${_plimsoll_stat##*) } || exit 125
        set +C
        (
        { echo 500 > /proc/self/oom_score_adj; } 2>/dev/null
        umask "$4"
        shift 4
        while [ "$1" != -- ]; do echo 0 > "$1" || { echo plimsoll-outside; exit 125; } >&2; shift; done
        shift
        exec "$@" 2>&4 4>&-
        )
        _plimsoll_code=$?
        echo "$_plimsoll_code" >&2
        exit "$_plimsoll_code"
        """;

    /// <summary>dash where there is one: bash as sh takes four times the memory and exports variables of its own.</summary>
    public static string Shell { get; } = File.Exists("/bin/dash") ? "/bin/dash" : "/bin/sh";

    /// <summary>True when a shell would drop the variable instead of passing it on.</summary>
    public static bool Loses(ReadOnlySpan<char> name)
    {
        if (char.IsAsciiDigit(name[0]))
            return true;

        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '_')
                return true;
        }

        return false;
    }
}
