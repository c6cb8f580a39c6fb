using Plimsoll.Benchmarks.Frame;
using Plimsoll.Benchmarks.Gateway.Roles;

if (args is [Role.Word, .. var words])
{
    return await Role.PlayAsync(words, Console.Out);
}

return Dispatch.Run(args, Console.Out);
