using System.Collections.Generic;
using DualDb.Analyzers.Events;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DualDb.Analyzers.Sync;

/// <summary>What one method writes of entities that belong to a domain.</summary>
/// <param name="method">The method, or whatever else holds code.</param>
internal sealed class DomainWrites(ISymbol method)
{
    private readonly object _lock = new();
    private readonly List<(WritingCall Call, INamedTypeSymbol Entity, string Domain)> _writes = [];

    public void Add(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (WritingCall.EntityOf(call) is not { } entity || WritingCall.DatabaseOf(call) is not { } database || Annotations.FirstText(Annotations.Find(entity, "DomainAttribute")) is not { } domain)
        {
            return;
        }

        // Operations of one block may be visited at the same time.
        lock (_lock)
        {
            _writes.Add((new WritingCall(call, database), entity, domain));
        }
    }

    // Once per method, at the first call that writes to another domain than those before it.
    public void Report(OperationBlockAnalysisContext context)
    {
        _writes.Sort(static (left, right) => left.Call.Position.CompareTo(right.Call.Position));
        for (var i = 1; i < _writes.Count; i++)
        {
            var (call, entity, domain) = _writes[i];
            var earlier = _writes.FindIndex(0, i, other => other.Domain != domain && other.Call.RunsWith(call));
            if (earlier >= 0)
            {
                var (_, first, other) = _writes[earlier];
                context.ReportDiagnostic(Diagnostic.Create(SyncRules.CrossesDomains, call.Location, WritingCall.Shown(method), first.Name, other, entity.Name, domain));
                return;
            }
        }
    }
}
