#!/usr/bin/env node
import '../dist/ext-server-node/main.js';
