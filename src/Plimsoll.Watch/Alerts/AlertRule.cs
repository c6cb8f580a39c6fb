using Plimsoll.Core.Watching;
using Plimsoll.Watch.Signals;

namespace Plimsoll.Watch.Alerts;

/// <summary>When an alert is raised and cleared.</summary>
/// <param name="Signal">Name in <see cref="SignalCatalog"/>.</param>
/// <param name="Below">True when it raises below <paramref name="Raise"/>.</param>
/// <param name="Raise">Reached for <paramref name="For"/> without a break, the alert is raised.</param>
/// <param name="Clear">Passed in the other direction for <paramref name="ClearAfter"/>, it is cleared; between the two nothing changes.</param>
/// <param name="Message">With the placeholders <c>{subject} {value} {threshold} {detail}</c>.</param>
/// <param name="Reason">Why the threshold is where it is, for the documentation.</param>
public sealed record AlertRule(
    string Name,
    AlertGroup Group,
    AlertSeverity Severity,
    string Signal,
    bool Below,
    double Raise,
    double Clear,
    TimeSpan For,
    TimeSpan ClearAfter,
    string Message,
    string Reason)
{
    /// <summary>What it raises at, in words and with its unit: <c>processor time in use: 97 % or more</c>.</summary>
    public string Condition => SignalCatalog.Find(Signal) is not { } signal ? Signal
        : signal.Unit == SignalUnit.Flag ? signal.Description
        : $"{signal.Description}: {Figure.Of(Raise, signal.Unit)} or {(Below ? "less" : "more")}";

    public bool Raises(double value) => Below ? value <= Raise : value >= Raise;

    public bool Clears(double value) => Below ? value > Clear : value < Clear;
}
