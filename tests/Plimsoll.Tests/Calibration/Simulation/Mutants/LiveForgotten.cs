using Plimsoll.Core;
using Plimsoll.Core.Facts;

namespace Plimsoll.Tests.Calibration.Simulation.Mutants;

/// <summary>Does not find in the journal what lived when Plimsoll died.</summary>
internal sealed class LiveForgotten(KernelStart start) : Mutant(start)
{
    protected override Fact? Recovered(Fact fact) => fact is AttemptAdmitted ? null : fact;
}
