namespace Plimsoll.Plans.Schema;

/// <summary>The published JSON Schema (2020-12) of plans.</summary>
public static class PlanSchema
{
    /// <summary>Generated from the key declarations the parser uses.</summary>
    public static string Text => throw new NotSupportedException();
}
