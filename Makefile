# 格治: two commands do everything else. `make run` serves the demo street, `make test` tests.
# Settings of a run come from the environment: GEZHI_HOME, GEZHI_KEYS, GEZHI_DATABASE (README).

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
HOST ?= 127.0.0.1
WORKERS ?= 2

REAL ?= ../shared/data/messages

.PHONY: help run demo-real setup test check fix soak crash storm faults attack bench bench-large bundle screens messages clean

help:  ## 列出命令
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

.venv/installer: requirements/installer.txt
	@echo "1/4 建立 Python 环境"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< 2>&1 | grep -v 'is ignored' || true
	@test -x $(BIN)/uv && touch $@

.venv/runtime: .venv/installer requirements/runtime.txt pyproject.toml
	@echo "2/4 安装依赖（锁定版本并校验）"
	@$(UV) --require-hashes -r requirements/runtime.txt
	@$(UV) --no-deps --no-build-isolation -e .
	@touch $@

.venv/develop: .venv/runtime requirements/develop.txt
	@echo "    安装测试工具"
	@$(UV) --require-hashes -r requirements/develop.txt
	@touch $@

.venv/node: .venv/installer requirements/node.txt
	@command -v npm >/dev/null || { echo "    这台机器没有 Node，随包安装一个"; $(UV) --require-hashes -r requirements/node.txt; }
	@touch $@

node_modules/.ready: .venv/node package-lock.json
	@echo "3/4 安装前端文件（锁定版本）"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
	@touch $@

gezhi/faces/shell/static/vendor/.ready: node_modules/.ready tools/vendor.py
	@$(BIN)/python tools/vendor.py
	@touch $@

setup: .venv/runtime gezhi/faces/shell/static/vendor/.ready  ## 装好运行所需的一切
	@echo "4/4 准备数据库、标准包与静态文件"
	@$(BIN)/python tools/messages.py compile
	@$(BIN)/gezhi prepare

run: setup  ## 装好并启动演示街道（http://127.0.0.1:8000）
	@$(BIN)/gezhi demo --if-empty
	@$(BIN)/gezhi serve --host $(HOST) $(if $(PORT),--port $(PORT)) --workers $(WORKERS)

# In a home of its own, so that it never meets the demo of `make run`.
demo-real: export GEZHI_HOME := $(or $(GEZHI_HOME),var/real)
demo-real: setup  ## 真实留言照自己的时间重放到演示街道（停了再跑接着来；FRESH=1 从头来）
	@$(BIN)/gezhi replay $(REAL) $(if $(FRESH),--fresh)

test: .venv/develop gezhi/faces/shell/static/vendor/.ready  ## 跑全部测试（GEZHI_DATABASE 可指定 PostgreSQL）
	@$(BIN)/python tools/messages.py compile
	@failed=0; for part in alone street emptying; do \
	  $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q -m $$part || failed=1; done; exit $$failed

check: .venv/develop gezhi/faces/shell/static/vendor/.ready  ## 格式、类型、导入方向、迁移、文字
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python tools/messages.py compile
	@$(BIN)/mypy
	@DJANGO_SETTINGS_MODULE=gezhi.config.settings_test $(BIN)/gezhi makemigrations --check --dry-run --skip-checks
	@$(BIN)/codespell gezhi tests benchmarks tools docs README.en.md
	@$(BIN)/python tools/messages.py check
	@$(BIN)/python tools/templates.py check

fix: .venv/develop  ## 自动整理格式
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/python tools/templates.py format

soak: .venv/develop  ## 20,000 段随机历史（约十几分钟）
	@GEZHI_SOAK=$${GEZHI_SOAK:-20000} $(BIN)/python -m pytest -n 2 --dist worksteal -v --no-header tests/journeys/test_histories.py gezhi/insight/figures/tests/test_soak.py

crash: .venv/develop  ## 杀进程实验：0 丢失、0 重复（约半小时）
	@$(BIN)/python -m benchmarks.crash

storm: .venv/develop gezhi/faces/shell/static/vendor/.ready  ## 十分钟五千条诉求：受理的 p99 不超过平时三倍、一条不丢
	@$(BIN)/python -m benchmarks.storm

faults: .venv/develop gezhi/faces/shell/static/vendor/.ready  ## 盘满、只读、数据库没了、任务进程死了、时钟被拨：看它守不守得住
	@$(BIN)/python -m benchmarks.faults $(if $(ONLY),--only "$(ONLY)")

attack: .venv/develop gezhi/faces/shell/static/vendor/.ready  ## 对真的服务器做坏事，看它守不守得住
	@$(BIN)/python -m benchmarks.attack $(if $(ONLY),--only $(ONLY))

bench-large: .venv/develop gezhi/faces/shell/static/vendor/.ready  ## 十万件、一百万件事时每个页面和查找有多快
	@$(BIN)/python -m benchmarks.large

bench: .venv/develop gezhi/faces/shell/static/vendor/.ready  ## 测量受理速度与页面开销
	@$(BIN)/python -m benchmarks.intake

bundle: .venv/runtime gezhi/faces/shell/static/vendor/.ready  ## 做一个安装包：没有网络的机器用它安装、换版（FONTS=字体文件 带上字体）
	@$(BIN)/python tools/messages.py compile
	@$(BIN)/python tools/bundle.py $(foreach font,$(FONTS),--font $(font))

screens: .venv/develop  ## 重拍 docs/screens 下的页面截图
	@$(BIN)/python tools/screenshots.py

messages: .venv/develop  ## 收集与编译界面文字
	@$(BIN)/python tools/messages.py extract && $(BIN)/python tools/messages.py compile

clean:  ## 删除环境与演示数据
	@rm -rf .venv node_modules var gezhi/faces/shell/static/vendor *.egg-info
