using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Submissions;

/// <summary>What a submitted task may be called.</summary>
public static class TaskNames
{
    public const string Rule = Names.IdRule;

    public static bool IsName(string? name) => Names.IsId(name);
}
