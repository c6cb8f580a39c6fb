namespace Plimsoll.Daemon.Serving;

/// <summary>Tells the operator what does not work as asked; each sentence once in a row.</summary>
internal sealed class ServiceNotices(Action<string> tell)
{
    private string? last; // written by any thread; a repetition that slips through does no harm

    /// <summary>Gets each sentence too.</summary>
    public Action<string> Logged { private get; set; } = static _ => { };

    public void Tell(string message)
    {
        if (message != last)
        {
            last = message;
            tell(message);
            Logged(message);
        }
    }

    public void TellTrouble(string? message) =>
        Tell(message is null ? "the journal can be written again" : $"nothing is accepted and nothing new starts until this is solved: {message}");
}
