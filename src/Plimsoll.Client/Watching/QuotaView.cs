namespace Plimsoll.Client.Watching;

/// <summary>Level of one dimension of a model provider.</summary>
/// <param name="Used">Share in use, 0..1.</param>
/// <param name="Queued">Requests that wait for quota.</param>
/// <param name="Refusals">429 answers of the provider so far.</param>
public sealed record QuotaView(string Provider, string Dimension, double Used, int Queued, double WaitSeconds, long Refusals);
