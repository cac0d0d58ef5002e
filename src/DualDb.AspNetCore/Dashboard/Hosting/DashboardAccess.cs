using System.Net;
using System.Security.Claims;
using DualDb.AspNetCore.Dashboard.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DualDb.AspNetCore.Dashboard.Hosting;

/// <summary>Who may read and who may act, by the application's own policies.</summary>
internal sealed class DashboardAccess
{
    private readonly AuthorizationPolicy? _readers;
    private readonly AuthorizationPolicy? _operators;
    private readonly string? _actorClaim;

    private DashboardAccess(AuthorizationPolicy? readers, AuthorizationPolicy? operators, AuthorizationPolicy? policy, string? actorClaim)
        => (_readers, _operators, Policy, _actorClaim) = (readers, operators, policy, actorClaim);

    /// <summary>What every route requires: to be a reader or an operator. Null where requests of this machine alone are answered.</summary>
    public AuthorizationPolicy? Policy { get; }

    /// <exception cref="DualDbConfigurationException">There is no policy, and this is no development; or a policy that is named does not exist.</exception>
    public static DashboardAccess Create(IServiceProvider services, DashboardOptions options)
    {
        var readers = Find(services, options.ReaderPolicy, options.Readers, nameof(options.ReaderPolicy));
        var operators = Find(services, options.OperatorPolicy, options.Operators, nameof(options.OperatorPolicy));
        if (readers is null && operators is null)
        {
            var environment = services.GetService<IHostEnvironment>();
            return environment?.IsDevelopment() == true
                ? new DashboardAccess(null, null, null, options.ActorClaim)
                : throw new DualDbConfigurationException(
                    $"The dashboard is not mapped: nobody has said who may see it, and the environment is {environment?.EnvironmentName ?? "unknown"}. Say so with {nameof(DashboardOptions)}.{nameof(options.ReaderPolicy)} and "
                    + $"{nameof(options.OperatorPolicy)}, or {nameof(options.AuthorizeReaders)} and {nameof(options.AuthorizeOperators)}: app.MapDualDbDashboard(\"/dualdb\", options => options.AuthorizeReaders(policy => policy.RequireRole(\"on-call\"))). "
                    + "In development it works without, for requests of the same machine.");
        }

        return new DashboardAccess(readers, operators, Either(services, readers, operators), options.ActorClaim);
    }

    /// <summary>What the sender of a request may. Asked of each request anew, also where the application has opened the routes to everybody.</summary>
    public async Task<DashboardRole> RoleOfAsync(HttpContext context)
    {
        if (Policy is null)
        {
            return IsOfThisMachine(context) ? DashboardRole.Operator : DashboardRole.None;
        }

        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        return _operators is not null && await HoldsAsync(authorization, context.User, context, _operators).ConfigureAwait(false) ? DashboardRole.Operator
            : _readers is not null && await HoldsAsync(authorization, context.User, context, _readers).ConfigureAwait(false) ? DashboardRole.Reader
            : DashboardRole.None;
    }

    /// <summary>Who it is, for the audit.</summary>
    public string ActorOf(HttpContext context)
    {
        var user = context.User;
        string?[] names = _actorClaim is null
            ? [user.Identity?.Name, user.FindFirstValue("sub"), user.FindFirstValue(ClaimTypes.NameIdentifier)]
            : [user.FindFirstValue(_actorClaim)];
        return names.FirstOrDefault(static name => !string.IsNullOrWhiteSpace(name)) ?? (Policy is null ? Environment.UserName + " (development)" : "(unnamed)");
    }

    // A proxy on this machine hands on what others have sent, and a name that leads to this machine may have been chosen by the page that asks.
    private static bool IsOfThisMachine(HttpContext context)
    {
        var headers = context.Request.Headers;
        var host = context.Request.Host.Host;
        var isLocalName = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && isLocalName
            && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("X-Forwarded-Host") && !headers.ContainsKey("Via");
    }

    private static async Task<bool> HoldsAsync(IAuthorizationService authorization, ClaimsPrincipal user, object? resource, AuthorizationPolicy policy)
        => (await authorization.AuthorizeAsync(user, resource, policy).ConfigureAwait(false)).Succeeded;

    private static AuthorizationPolicy Either(IServiceProvider services, AuthorizationPolicy? readers, AuthorizationPolicy? operators)
    {
        AuthorizationPolicy[] policies = [.. new[] { readers, operators }.OfType<AuthorizationPolicy>()];
        return new AuthorizationPolicyBuilder(Schemes(services, policies))
            .RequireAssertion(async context =>
            {
                if (context.Resource is not HttpContext http)
                {
                    return false;
                }

                // Refusals have them as well.
                DashboardHeaders.Set(http.Response);
                var authorization = http.RequestServices.GetRequiredService<IAuthorizationService>();
                foreach (var policy in policies)
                {
                    if (await HoldsAsync(authorization, context.User, http, policy).ConfigureAwait(false))
                    {
                        return true;
                    }
                }

                return false;
            })
            .Build();
    }

    // A policy without schemes means the default one, which has to be named where the other policy names schemes.
    private static string[] Schemes(IServiceProvider services, AuthorizationPolicy[] policies)
    {
        var named = policies.SelectMany(static policy => policy.AuthenticationSchemes).Distinct(StringComparer.Ordinal).ToArray();
        if (named.Length == 0 || policies.All(static policy => policy.AuthenticationSchemes.Count > 0))
        {
            return named;
        }

        var options = services.GetService<IOptions<AuthenticationOptions>>()?.Value;
        return (options?.DefaultAuthenticateScheme ?? options?.DefaultScheme) is { } usual ? [usual, .. named.Where(scheme => !string.Equals(scheme, usual, StringComparison.Ordinal))] : named;
    }

    private static AuthorizationPolicy? Find(IServiceProvider services, string? name, Action<AuthorizationPolicyBuilder>? build, string option)
    {
        if (build is not null)
        {
            var builder = new AuthorizationPolicyBuilder();
            build(builder);
            return builder.Build();
        }

        if (name is null)
        {
            return null;
        }

        var finding = services.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(name);
        if (!finding.IsCompletedSuccessfully)
        {
            throw new DualDbConfigurationException(
                $"{nameof(DashboardOptions)}.{option} names \"{name}\", which this application's policy provider has to wait for. Build the policy in place: {nameof(DashboardOptions.AuthorizeReaders)}, {nameof(DashboardOptions.AuthorizeOperators)}.");
        }

        return finding.Result
            ?? throw new DualDbConfigurationException($"{nameof(DashboardOptions)}.{option} names the policy \"{name}\", which does not exist. Add it: services.AddAuthorization(options => options.AddPolicy(\"{name}\", policy => …)).");
    }
}
