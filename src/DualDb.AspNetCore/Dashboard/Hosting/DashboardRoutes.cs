using DualDb.AspNetCore.Dashboard.Live;
using DualDb.AspNetCore.Dashboard.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.AspNetCore.Dashboard.Hosting;

/// <summary>The routes of a dashboard: pages, their streams, their actions, the language, two files; and what leads to nothing.</summary>
internal static class DashboardRoutes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string prefix, RootDashboard dashboard, Action<DashboardOptions>? configure)
    {
        Check(prefix);
        var options = dashboard.Options.Copy();
        configure?.Invoke(options);
        options.Check();
        var services = endpoints.ServiceProvider;
        var logger = (ILogger?)services.GetService<ILoggerFactory>()?.CreateLogger("DualDb.Dashboard") ?? NullLogger.Instance;
        var access = DashboardAccess.Create(services, options);
        var stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        var time = dashboard.Monitoring.Time;
        var hub = new LiveHub(options, time, logger, stopping);
        var layout = new Layout(dashboard.Monitoring.Application, dashboard.Sections);
        var answers = new Answers(layout, time);
        var messages = new ActionMessages(services.GetRequiredService<IDataProtectionProvider>());
        var pages = new PageEndpoint(layout, answers, hub, messages);
        var streams = new StreamEndpoint(hub, options, time, logger, stopping);
        var actions = new ActionEndpoint(dashboard.Monitoring.Audit, new RefusedActions(dashboard.Monitoring.Audit, time, logger, stopping), answers, messages, hub, time, logger, stopping);
        var gate = new DashboardGate(access, dashboard.Secrets, answers, logger);

        var group = endpoints.MapGroup(prefix.TrimEnd('/'));
        foreach (var section in dashboard.Sections)
        {
            var (path, depth) = section.Path.Length > 0 ? ("/" + section.Path, 1) : ("", 0);
            Add(path.Length > 0 ? path : "/", Reading, depth, request => pages.AnswerAsync(request, section));
            Add("/live" + path, [HttpMethods.Get], depth + 1, request => streams.AnswerAsync(request, section));
            if (depth > 0)
            {
                Add(path + "/{item}", Reading, depth + 1, request => pages.AnswerAsync(request, section));
                Add("/live" + path + "/{item}", [HttpMethods.Get], depth + 2, request => streams.AnswerAsync(request, section));
            }

            foreach (var action in section.Actions)
            {
                Add($"{path}/actions/{action.Name}", [HttpMethods.Post], depth + 2, request => actions.AnswerAsync(request, section, action));
            }
        }

        Add("/assets/{name}", Reading, 2, static request => AssetEndpoint.AnswerAsync(request));
        Add("/language", [HttpMethods.Post], 1, request => LanguageEndpoint.AnswerAsync(request, answers));
        group.Map("/{**rest}", gate.Behind(below: -1, gate.NotFoundAsync)).WithDisplayName("DualDb dashboard").WithOrder(1);
        if (access.Policy is { } policy)
        {
            group.RequireAuthorization(policy);
        }
        else
        {
            DashboardLog.LoopbackOnly(logger);
        }

        return group;

        void Add(string pattern, string[] methods, int below, Func<DashboardRequest, Task> answer)
            => group.MapMethods(pattern, methods, gate.Behind(below, answer)).WithDisplayName($"DualDb dashboard {pattern}");
    }

    private static void Check(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix is not ['/', ..] || prefix.Trim('/').Length == 0)
        {
            throw new DualDbConfigurationException($"\"{prefix}\" is no place for the dashboard: it has to begin with a slash, and name at least one segment of its own, such as \"/dualdb\".");
        }
    }
}
