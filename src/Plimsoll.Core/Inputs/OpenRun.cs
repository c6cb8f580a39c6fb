namespace Plimsoll.Core.Inputs;

/// <summary>Asks for a new run; it gets the next free number.</summary>
/// <param name="Ticket">Chosen by the caller, returned in the fact, so that it finds its run.</param>
/// <param name="Origin">UTF-8 JSON kept with the run: command line, plan file, base commit; opaque to the kernel.</param>
public sealed record OpenRun(long Ticket, string Name, string Origin) : Input;
