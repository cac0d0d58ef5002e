using System.Security.Cryptography;
using DualDb.AspNetCore.Dashboard.Markup;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>Carries what an action said to the page that is shown after it, in the address: encrypted, so that nobody can make the dashboard say something, and for a few minutes.</summary>
internal sealed class ActionMessages(IDataProtectionProvider protection)
{
    public const string Parameter = "m";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("DualDb.Dashboard.Message").ToTimeLimitedDataProtector();

    /// <summary>An address with a message.</summary>
    public string AddTo(string address, string message)
        => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Parameter}={Uri.EscapeDataString(_protector.Protect(message, Lifetime))}";

    public Html Show(HttpRequest request)
    {
        if (request.Query[Parameter] is not [{ Length: > 0 } sealedMessage])
        {
            return default;
        }

        try
        {
            return Html.Of($"""<p class="message" id="message" data-outcome="done" role="status">{_protector.Unprotect(sealedMessage)}</p>""");
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            // It is too old, or nobody's here.
            return default;
        }
    }
}
