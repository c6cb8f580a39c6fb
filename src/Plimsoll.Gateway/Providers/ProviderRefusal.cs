using Plimsoll.Core.Limits;

namespace Plimsoll.Gateway.Providers;

/// <summary>A 429 of a provider, understood.</summary>
/// <param name="IsFinal">A spend limit or an empty balance: asking again is useless.</param>
/// <param name="Dimension">What was used up, if it is said.</param>
/// <param name="Wait">When to come again, if it is said.</param>
/// <param name="IsTooFast">Traffic grew too quickly.</param>
internal sealed record ProviderRefusal(bool IsFinal, Dimension? Dimension, TimeSpan? Wait, bool IsTooFast);
