namespace Plimsoll.Gateway.Forwarding;

/// <summary>One try at a provider.</summary>
/// <param name="Answer">What it answered; also after a failure, to be passed on when there are no more tries. Null when there was none.</param>
/// <param name="Wait">When the provider asks to come again.</param>
internal readonly record struct Try(Verdict Verdict, UpstreamAnswer? Answer, TimeSpan? Wait = null);
