using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MicroTrader.Dashboard.Security;

/// <summary>
/// Knows the token's bearer, and the browser that showed it once. A browser is given a cookie that says until when it is known, signed with a key made of the
/// token: it outlives the host, and dies with the token.
/// </summary>
internal sealed class TokenCheck
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly byte[] _token;
    private readonly byte[] _key;
    private readonly TimeProvider _time;

    public TokenCheck(string token, TimeProvider time)
    {
        _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "microtrader page"u8);
        _time = time;
    }

    /// <summary>Whether this is the token. Takes as long whatever is wrong with it.</summary>
    public bool IsToken(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), _token);

    /// <summary>Whether a request shows the token, or a cookie that it gave.</summary>
    public bool Knows(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return IsToken(header[7..].Trim());
        return request.Cookies[CookieName(request)] is { } cookie && IsSigned(cookie);
    }

    /// <summary>Gives the cookie.</summary>
    public void SignIn(HttpContext context)
    {
        var until = (_time.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Cookies.Append(CookieName(context.Request), $"{until}.{Sign(until)}", new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = Lifetime,
        });
    }

    // Cookies do not tell ports apart: two hosts of one machine must not sign each other's people out.
    private static string CookieName(HttpRequest request) => string.Create(CultureInfo.InvariantCulture, $"microtrader-{request.Host.Port ?? 80}");

    private bool IsSigned(string cookie) =>
        cookie.Split('.') is [var until, var signature]
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Sign(until)))
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds > _time.GetUtcNow().ToUnixTimeSeconds();

    private string Sign(string until) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(until)));
}
