using System.Globalization;

namespace Plimsoll.Core.Identity;

/// <summary>Number of a run within one journal, from 1 upwards, never reused.</summary>
public readonly record struct RunId(int Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
