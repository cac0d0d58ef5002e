using System.Collections.Generic;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DualDb.Analyzers.Events;

/// <summary>What one method calls to write and to publish.</summary>
/// <param name="method">The method, or whatever else holds code.</param>
/// <param name="compilation">The project.</param>
internal sealed class WritingCalls(ISymbol method, Compilation compilation)
{
    private readonly object _lock = new();
    private readonly List<WritingCall> _writes = [];
    private readonly List<IInvocationOperation> _publications = [];
    private bool _publishes;

    public void Add(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        var database = WritingCall.DatabaseOf(call);
        var publishes = call.TargetMethod.Name is "Publish" or "PublishAsync" && call.TargetMethod.ContainingNamespace?.ToDisplayString() == EventNames.Namespace;
        if (database is null && !publishes)
        {
            return;
        }

        // Operations of one block may be visited at the same time.
        lock (_lock)
        {
            _publishes |= publishes;
            if (database is { } written)
            {
                _writes.Add(new WritingCall(call, written));
            }

            if (publishes && EventNames.Is(call.TargetMethod.ContainingType, "DomainEvents"))
            {
                _publications.Add(call);
            }
        }
    }

    public void Report(OperationBlockAnalysisContext context)
    {
        if (_publications.Count == 0 && _writes.Count == 0)
        {
            return;
        }

        if (OutermostHandler() is { } handler)
        {
            ReportPublications(context, handler);
        }
        else if (!_publishes && !IsInSaga())
        {
            ReportWrites(context);
        }
    }

    private void ReportPublications(OperationBlockAnalysisContext context, INamedTypeSymbol handler)
    {
        if (_publications.Count > 0 && HandlerParser.Parse(handler, compilation, sink: null, context.CancellationToken)?.Options.Target is { } target)
        {
            foreach (var call in _publications)
            {
                context.ReportDiagnostic(Diagnostic.Create(HandlerRules.PublishesOutside, WritingCall.NameOf(call), handler.Name, target.ToString()));
            }
        }
    }

    // Once per method, at the first call that writes to the other database than those before it.
    private void ReportWrites(OperationBlockAnalysisContext context)
    {
        _writes.Sort(static (left, right) => left.Position.CompareTo(right.Position));
        foreach (var write in _writes)
        {
            var earlier = _writes.Find(other => other.Position < write.Position && other.Database != write.Database && other.RunsWith(write));
            if (earlier is not null)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    EventRules.BothDatabasesWritten, write.Location, WritingCall.Shown(method), earlier.Database.ToString(), write.Database.ToString()));
                return;
            }
        }
    }

    private INamedTypeSymbol? OutermostHandler()
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (HandlerShape.Handled(type).Count > 0)
            {
                return type;
            }
        }

        return null;
    }

    private bool IsInSaga()
    {
        foreach (var attribute in method.ContainingType?.GetAttributes() ?? [])
        {
            if (TypeNames.Is(attribute.AttributeClass, "DualDb.Consistency.Sagas", "SagaAttribute"))
            {
                return true;
            }
        }

        return false;
    }
}
