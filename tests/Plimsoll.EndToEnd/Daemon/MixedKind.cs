namespace Plimsoll.EndToEnd.Daemon;

/// <summary>A kind of task of the mixed load, and how it must end.</summary>
/// <param name="Name">First word of <c>work.sh</c>.</param>
/// <param name="Share">How often it comes.</param>
/// <param name="Fields">JSON members of its definition besides name and command.</param>
/// <param name="State">In which its task ends.</param>
/// <param name="Ends">Exit code, or minus the signal, of each attempt; null = what a timeout leaves.</param>
internal sealed record MixedKind(string Name, int Share, string Fields, string State, params int?[] Ends)
{
    public static IReadOnlyList<MixedKind> All { get; } =
    [
        new("short", 20, "", "succeeded", 0),
        new("plain", 8, "\"isolation\":\"process\"", "succeeded", 0),
        new("long", 10, "", "succeeded", 0),
        new("failing", 6, "", "failed", 3),
        new("code137", 3, "", "failed", 137),
        new("signal", 3, "", "failed", -10),
        new("retry", 8, "\"retries\":2", "succeeded", 7, 0),
        new("children", 8, "", "succeeded", 0),
        new("orphans", 6, "\"isolation\":\"process\"", "succeeded", 0),
        new("values", 6, "\"outputs\":[\"value\"]", "succeeded", 0),
        new("worktree", 4, "\"workspace\":\"worktree\"", "succeeded", 0),
        new("timeout", 3, "\"timeout\":\"3s\"", "failed", [null]),
    ];

    public static MixedKind Of(string task) => All.First(kind => task.StartsWith(kind.Name + "-", StringComparison.Ordinal));

    public static MixedKind Next(Random random)
    {
        int ticket = random.Next(All.Sum(kind => kind.Share));
        return All.First(kind => (ticket -= kind.Share) < 0);
    }
}
