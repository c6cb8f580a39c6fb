using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;

namespace Plimsoll.Daemon.Gateways;

/// <summary>Ends the key of each attempt with it, however it ended, and has its use told first.</summary>
internal sealed class MeteredEnds(GatewayLink link, IInputSink next) : IInputSink
{
    public void Post(Input input)
    {
        if (input is AttemptEnded ended)
        {
            link.End(ended.Attempt);
        }

        next.Post(input);
    }
}
