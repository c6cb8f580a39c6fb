namespace Plimsoll.Core.Limits.Queueing;

/// <summary>A request that may be sent now, with the quota it holds.</summary>
public readonly record struct QuotaGrant<T>(FairTicket<QuotaRequest<T>> Ticket, HoldId Hold);
