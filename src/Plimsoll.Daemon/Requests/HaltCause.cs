namespace Plimsoll.Daemon.Requests;

/// <summary>What <c>--halt</c> counts.</summary>
public enum HaltCause
{
    Fail,
    Success,
    Done,
}
