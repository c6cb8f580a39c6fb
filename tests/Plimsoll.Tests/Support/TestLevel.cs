namespace Plimsoll.Tests.Support;

/// <summary>How much work tests do: <c>quick</c> (default, ./test), <c>all</c> (./test --all) or <c>soak</c> (./test --soak).</summary>
internal static class TestLevel
{
    public static string Current { get; } = Environment.GetEnvironmentVariable("PLIMSOLL_TEST_LEVEL") ?? "quick";

    /// <summary>The number of cases, seeds or kills for the level in force.</summary>
    public static int Count(int quick, int all, int soak) => Current switch
    {
        "soak" => soak,
        "all" => all,
        _ => quick,
    };
}
