using Plimsoll.Plans.Configuration;

namespace Plimsoll.Plans;

/// <summary>Turns the text of a plan into a compiled plan.</summary>
public static class PlanCompiler
{
    /// <summary>Compiles; never throws for any text.</summary>
    public static CompileResult Compile(PlanSource source, PlimsollConfiguration configuration) =>
        throw new NotSupportedException(source.File + configuration);
}
