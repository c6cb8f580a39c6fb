namespace Plimsoll.Daemon.Control;

/// <summary>Carries out what other Plimsolls of the same user ask of the one that owns the state folder.</summary>
internal interface IControlActions
{
    Task<ControlReply> AnswerAsync(ControlRequest request, CancellationToken cancellationToken);
}
