using Plimsoll.Core.Limits;

namespace Plimsoll.Gateway.Providers;

/// <summary>What the headers of an answer say about one dimension.</summary>
/// <param name="Limit">Per minute; 0: not said.</param>
/// <param name="Rounding">To how many units the provider rounds what is left.</param>
internal readonly record struct LimitReading(Dimension Dimension, long Limit, long Remaining, long Rounding);
