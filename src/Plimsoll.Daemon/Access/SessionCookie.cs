using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Daemon.Access;

/// <summary>The cookie of a session: for this service alone, out of reach of scripts and of other sites.</summary>
internal static class SessionCookie
{
    public const string CsrfHeader = "X-Plimsoll-Csrf";

    /// <summary>What the browser sent; null = nothing.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[NameOf(context)] is { Length: > 0 and < 200 } cookie ? cookie : null;

    public static void Set(HttpContext context, string cookie, DateTimeOffset expiresAt) => context.Response.Cookies.Append(NameOf(context), cookie, Options(context, expiresAt));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(NameOf(context), Options(context, null));

    /// <summary>Cookies are shared by all ports of a host, so the name tells the port.</summary>
    private static string NameOf(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"plimsoll_{context.Connection.LocalPort}");

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        Expires = expiresAt,
        IsEssential = true,
    };
}
