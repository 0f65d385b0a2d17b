using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MicroTrader.Dashboard.Security;

/// <summary>Stands before everything that answers: names, origins, sizes, the token.</summary>
internal sealed class GateMiddleware(RequestDelegate next, WebGate gate, TimeProvider time, ILogger<GateMiddleware> log)
{
    private readonly HostRule _hosts = new(gate);
    private readonly TokenCheck? _token = gate.Token is { } token ? new TokenCheck(token, time) : null;

    /// <summary>The path of the page that asks for the token.</summary>
    public const string LoginPath = "/login";

    /// <summary>Whether a path is a file of the program's own, the same for everybody.</summary>
    public static bool IsFile(PathString path) =>
        path.StartsWithSegments("/_content") || path.StartsWithSegments("/_framework") || path == "/favicon.ico";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!_hosts.Allows(request.Headers.Host))
        {
            // The header is not echoed: nothing that a stranger chose goes into an answer.
            SecurityHeaders.Apply(context, hostIsChecked: false);
            return RefuseAsync(context, StatusCodes.Status400BadRequest, $"Refused: the Host header must be one of {_hosts.Allowed}, with any port.");
        }

        SecurityHeaders.Apply(context, hostIsChecked: true);
        if (!OriginRule.Allows(request))
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "Refused: another site's page may neither change nor steer anything here.");
        if (request.ContentLength > gate.LargestBody)
            return RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"Refused: no request here has a body of more than {gate.LargestBody} bytes."));
        if (_token is null)
            return next(context);
        if (request.Path == LoginPath)
            return LoginAsync(context, _token);
        if (IsOpen(request.Path) || _token.Knows(request))
            return next(context);
        if (HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect($"{LoginPath}?return={UrlEncoder.Default.Encode(request.Path + request.QueryString)}");
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(context, StatusCodes.Status401Unauthorized, "Refused: send the header Authorization: Bearer with the setting Web:Token.");
    }

    // Whether the host lives says nothing of what it does, and who watches it has no token.
    private static bool IsOpen(PathString path) => IsFile(path) || path == "/health/live" || path == "/health/ready";

    private async Task LoginAsync(HttpContext context, TokenCheck token)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method))
        {
            await WriteLoginAsync(context, StatusCodes.Status200OK, Local(request.Query["return"]), null);
            return;
        }

        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
        {
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "Refused: the form of this page is the only thing to send here.");
            return;
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Refused: that is no form.");
            return;
        }

        var target = Local(form["return"]);
        if (!token.IsToken(form["token"]))
        {
            log.LogWarning("A wrong token was typed on the login page, from {Address}", context.Connection.RemoteIpAddress);
            // Who guesses is slowed down; who mistyped hardly notices.
            await Task.Delay(TimeSpan.FromMilliseconds(500), time, context.RequestAborted);
            await WriteLoginAsync(context, StatusCodes.Status401Unauthorized, target, "That is not the token.");
            return;
        }

        token.SignIn(context);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = target;
    }

    // Only a path of this host: not "//elsewhere", not "/\elsewhere".
    private static string Local(string? path) => path is { Length: > 0 and < 500 } && path[0] == '/' && (path.Length == 1 || path[1] is not '/' and not '\\') && !path.Any(char.IsControl) ? path : "/";

    private static Task WriteLoginAsync(HttpContext context, int status, string target, string? problem)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        var html = HtmlEncoder.Default;
        // A form of its own, without a script: Strict cookies and the check of the origin keep other sites' pages from sending it.
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>MicroTrader: token</title>
            <link rel="stylesheet" href="/_content/MicroTrader.Dashboard/login.css"></head>
            <body><main><h1>MicroTrader</h1>
            <form method="post" action="{LoginPath}">
            <label for="token">Token (the setting Web:Token)</label>
            <input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
            <input type="hidden" name="return" value="{html.Encode(target)}">
            {(problem is null ? "" : $"<p role=\"alert\">{html.Encode(problem)}</p>")}
            <button type="submit">Open</button>
            </form></main></body></html>
            """,
            context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$"""{"error":"{{JavaScriptEncoder.Default.Encode(words)}}"}""", context.RequestAborted);
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(words + "\n", context.RequestAborted);
    }
}
