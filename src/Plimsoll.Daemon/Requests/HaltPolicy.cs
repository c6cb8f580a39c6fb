using System.Globalization;

namespace Plimsoll.Daemon.Requests;

/// <summary>When a map stops early, as GNU parallel's <c>--halt</c>: <c>never</c>, <c>soon,fail=1</c>, <c>now,success=3</c>, <c>now,done=10</c>.</summary>
/// <param name="Now">End what runs; otherwise let it end.</param>
/// <param name="Count">The number at which to stop; 0 = never.</param>
public sealed record HaltPolicy(bool Now, HaltCause Cause, int Count)
{
    public static HaltPolicy Never { get; } = new(false, HaltCause.Fail, 0);

    /// <summary>Also the short forms 0 (never), 1 (soon,fail=1) and 2 (now,fail=1).</summary>
    public static bool TryParse(string text, out HaltPolicy policy)
    {
        policy = text switch
        {
            "1" => new HaltPolicy(false, HaltCause.Fail, 1),
            "2" => new HaltPolicy(true, HaltCause.Fail, 1),
            _ => Never,
        };
        if (text is "never" or "0" or "1" or "2")
            return true;

        string[] parts = text.Split(',');
        string[] cause = parts.Length == 2 ? parts[1].Split('=') : [];
        if (parts[0] is not ("now" or "soon")
            || cause.Length != 2
            || !Enum.TryParse(cause[0], ignoreCase: true, out HaltCause kind)
            || !char.IsAsciiLetter(cause[0][0])
            || !int.TryParse(cause[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || count < 1)
        {
            return false;
        }

        policy = new HaltPolicy(parts[0] == "now", kind, count);
        return true;
    }

    /// <summary>Whether a map that stopped because of this did what it was asked to: it found its successes, or nothing failed.</summary>
    public bool IsSuccess(int failed) => Cause == HaltCause.Success || failed == 0;

    /// <summary>Whether these numbers of ended items stop the map.</summary>
    public bool IsReached(int failed, int succeeded) => Count > 0 && Count <= Cause switch
    {
        HaltCause.Fail => failed,
        HaltCause.Success => succeeded,
        _ => failed + succeeded,
    };
}
